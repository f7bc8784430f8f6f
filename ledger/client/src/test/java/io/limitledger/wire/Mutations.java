package io.limitledger.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limitledger.wire.Golden.Kind;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Spoils records: bits, bytes, pieces of other records, and values that are odd in any place. A seed determines it all. */
public final class Mutations {
    private static final List<String> NASTY = List.of(
            "null",
            "true",
            "-1",
            "0",
            "-0",
            "1.5",
            "1e400",
            "-1e400",
            "1e-99999999",
            "0e-2147483647",
            "1e2147483648",
            "2147483647",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "-9223372036854775809",
            "NaN",
            "Infinity",
            "\"\"",
            "\"\\ud800\"",
            "\"\\udc00x\"",
            "\"\\u0000\"",
            "{}",
            "[]",
            "[[[[]]]]",
            "{\"a\":{\"a\":{}}}",
            "\"00000000-0000-0000-0000-000000000000\"",
            "\"Tick\"",
            "\"AcquireLease\"",
            "\"AAAAAAAAAAAAAAAAAAAAAA==\"",
            "\uFEFF",
            "\u0000",
            ",",
            ":",
            "}",
            "]",
            "\"");

    private final Random random;
    private final List<byte[]> goldens;

    private Mutations(Random random, Kind kind) {
        this.random = random;
        this.goldens = Goldens.all().stream()
                .filter(golden -> golden.kind() == kind)
                .map(Golden::file)
                .toList();
    }

    public static Mutations ofCommands(Random random) {
        return new Mutations(random, Kind.COMMAND);
    }

    static Mutations ofEvents(Random random) {
        return new Mutations(random, Kind.EVENT);
    }

    static Mutations ofReplies(Random random) {
        return new Mutations(random, Kind.REPLY);
    }

    /** A spoiled example. */
    byte[] next() {
        return spoil(example());
    }

    /** An example as it was written. */
    public byte[] example() {
        return pick(goldens);
    }

    /** The same, spoiled in one to three places. */
    public byte[] spoil(byte[] record) {
        byte[] input = record;
        int mutations = 1 + random.nextInt(3);
        for (int i = 0; i < mutations; i++) {
            input = mutate(input);
        }
        return input;
    }

    private byte[] mutate(byte[] input) {
        if (input.length < 2) {
            return input;
        }
        int from = random.nextInt(input.length);
        int to = from + random.nextInt(Math.min(20, input.length - from));
        return switch (random.nextInt(7)) {
            case 0 -> flip(input, from);
            case 1 -> splice(input, from, to, new byte[0]);
            case 2 -> splice(input, from, to, pick(NASTY).getBytes(UTF_8));
            case 3 -> splice(input, from, from, pick(NASTY).getBytes(UTF_8));
            case 4 -> splice(input, from, from, slice(pick(goldens)));
            case 5 -> splice(input, from, from, new byte[] {(byte) random.nextInt(256)});
            default -> replaceAValue(input);
        };
    }

    /** Puts another value where one stands, so that the result is often JSON still. */
    private byte[] replaceAValue(byte[] input) {
        int colon = next(input, random.nextInt(input.length), ":");
        return splice(
                input, colon + 1, next(input, colon + 1, ",}"), pick(NASTY).getBytes(UTF_8));
    }

    private static int next(byte[] input, int from, String anyOf) {
        int at = from;
        while (at < input.length && anyOf.indexOf(input[at]) < 0) {
            at++;
        }
        return Math.min(at, input.length - 1);
    }

    private byte[] flip(byte[] input, int at) {
        byte[] flipped = input.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private byte[] slice(byte[] bytes) {
        int from = random.nextInt(bytes.length);
        return new String(bytes, UTF_8).substring(Math.min(from, 10)).getBytes(UTF_8);
    }

    private static byte[] splice(byte[] input, int from, int to, byte[] middle) {
        ByteArrayOutputStream spliced = new ByteArrayOutputStream();
        spliced.write(input, 0, Math.min(from, input.length));
        spliced.writeBytes(middle);
        int rest = Math.max(from, to);
        spliced.write(input, Math.min(rest, input.length), Math.max(0, input.length - rest));
        return spliced.toByteArray();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
