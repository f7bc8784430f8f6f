package io.limitledger.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.Lease;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever bytes come, the reader either refuses them or makes a command that can be written and read again, alone and
 * within the records that carry its parts. Anything else would stop the ledger at that record, for ever.
 */
@Timeout(60)
class CommandJsonFuzzTest {
    private static final int INPUTS = 50_000;
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

    private final Random random = new Random(20261120);
    private final List<byte[]> goldens =
            Goldens.commands().stream().map(Golden::file).toList();

    @Test
    void shouldRefuseOrReadWhateverComes() {
        int read = 0;
        for (int i = 0; i < INPUTS; i++) {
            // given
            byte[] input = mutated();

            // when
            boolean isCommand = refusesOrReads(input);

            // then
            read += isCommand ? 1 : 0;
        }
        assertThat(read).as("some must be commands still").isBetween(INPUTS / 100, INPUTS / 2);
    }

    private static boolean refusesOrReads(byte[] input) {
        try {
            LimitCommand command = CommandJson.read(input);
            assertThat(CommandJson.read(CommandJson.write(command))).isEqualTo(command);
            assertThat(command.invalidFields()).doesNotContainNull();
            if (command instanceof AcquireLease acquire) {
                assertCanBeCarried(acquire);
            }
            return true;
        } catch (UnreadableRecordException e) {
            assertThat(e.reason().length()).isBetween(20, 1_100);
            ReplyJson.write(new Refused(Refused.Reason.UNREADABLE_COMMAND, e.reason(), List.of()));
            return false;
        } catch (Throwable e) {
            throw new AssertionError("Expected a refusal of " + new String(input, UTF_8), e);
        }
    }

    private static void assertCanBeCarried(AcquireLease acquire) throws UnreadableRecordException {
        Lease lease = new Lease(
                acquire.leaseId(), acquire.limit(), 1, 0, 0, 1, 1, 1, 0, acquire.holder(), acquire.siblings());
        EndedLease ended = new EndedLease(acquire.leaseId(), "a", EndedLease.How.UNLEASED, 1, lease);
        LimitEvent event = new LimitEvent("a", 1, 1, 1, 1, new LeaseGranted(lease, 0, Bucket.empty(1)));
        assertThat(StateJson.read(StateJson.write(ended), EndedLease.class)).isEqualTo(ended);
        assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
        assertThat(ReplyJson.read(ReplyJson.write(new Granted(lease)))).isEqualTo(new Granted(lease));
    }

    private byte[] mutated() {
        byte[] input = pick(goldens);
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
