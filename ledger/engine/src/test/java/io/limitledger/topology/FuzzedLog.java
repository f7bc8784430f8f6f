package io.limitledger.topology;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.law.Mix;
import io.limitledger.core.law.RandomLog;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.wire.CommandJson;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.Mutations;
import io.limitledger.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Records that any producer may write, determined by a seed: commands that meet on few limits, examples of all others,
 * and both of them spoiled; keys that fit or not; headers with anything.
 */
final class FuzzedLog {
    private static final Mix MIX = Mix.EVERYTHING.withoutRenames();
    private static final int LEASE_IDS = 6;
    private static final List<String> HEADERS = List.of(
            CommandRecord.REPLY_TOPIC,
            CommandRecord.REPLY_PARTITION,
            CommandRecord.REPLY_KEY,
            CommandRecord.CORRELATION_ID,
            CommandRecord.BY,
            RejectedRecord.REASON,
            "traceparent",
            "");
    private static final List<byte[]> TEXTS = List.of(
            new byte[0],
            "limits.replies".getBytes(UTF_8),
            "no such topic / at all".getBytes(UTF_8),
            "limit-ledger-state-changelog".getBytes(UTF_8),
            "limits.events".getBytes(UTF_8),
            "__consumer_offsets".getBytes(UTF_8),
            "token:ci-deploy".getBytes(UTF_8),
            "7".getBytes(UTF_8),
            "-1".getBytes(UTF_8),
            "2147483648".getBytes(UTF_8),
            "\uD83D\uDE00\u0000".getBytes(UTF_8),
            "x".repeat(255).getBytes(UTF_8),
            "x".repeat(256).getBytes(UTF_8),
            new byte[100_001],
            new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF});

    private final Random random;
    private final Mutations mutations;

    private FuzzedLog(long seed) {
        this.random = new Random(seed);
        this.mutations = Mutations.ofCommands(random);
    }

    static List<Record<byte[], byte[]>> of(long seed, int records) {
        FuzzedLog log = new FuzzedLog(seed);
        List<Record<byte[], byte[]>> made = new ArrayList<>();
        for (LogEntry entry : RandomLog.of(seed, MIX, records)) {
            made.add(log.record(entry));
        }
        return made;
    }

    private Record<byte[], byte[]> record(LogEntry entry) {
        byte[] value = value(entry);
        return new Record<>(key(value), value, entry.timestamp(), headers(entry));
    }

    private byte[] value(LogEntry entry) {
        byte[] value = chance(3) ? exampleThatMeetsOthers() : CommandJson.write(entry.command());
        if (chance(100)) {
            return null;
        }
        return chance(2) ? mutations.spoil(value) : value;
    }

    /** With names and ids of the others. */
    private byte[] exampleThatMeetsOthers() {
        UUID leaseId = new UUID(0, 1 + random.nextInt(LEASE_IDS));
        return new String(mutations.example(), UTF_8)
                .replace("\"database\"", '"' + pick(MIX.limits()) + '"')
                .replace("\"db\"", '"' + pick(MIX.limits()) + '"')
                .replace("3f2b8c1e-9a4d-4e6f-8b7a-1c2d5e6f7a8b", leaseId.toString())
                .getBytes(UTF_8);
    }

    private byte[] key(byte[] value) {
        String limit = limitOf(value);
        if (chance(40)) {
            return chance(2) ? null : pick(TEXTS);
        }
        return limit == null ? null : limit.getBytes(UTF_8);
    }

    private static String limitOf(byte[] value) {
        try {
            LimitCommand command = CommandJson.read(value);
            return command.limit();
        } catch (UnreadableRecordException e) {
            return MIX.limits().get(0);
        }
    }

    private Headers headers(LogEntry entry) {
        Headers headers = CommandRecord.headers(entry.asker());
        if (entry.by() != null) {
            headers.add(CommandRecord.BY, entry.by().getBytes(UTF_8));
        }
        while (chance(4)) {
            headers.add(pick(HEADERS), chance(8) ? null : pick(TEXTS));
        }
        return headers;
    }

    /** True one time in so many. */
    private boolean chance(int many) {
        return random.nextInt(many) == 0;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** A record that can be read, and copied into a test: what is not ASCII is escaped. */
    static String story(Record<byte[], byte[]> record) {
        StringBuilder story = new StringBuilder("key " + text(record.key()) + "\n  value " + text(record.value()));
        record.headers().forEach(header -> story.append("\n  header " + header.key() + ": " + text(header.value())));
        return story.append("\n  at ").append(record.timestamp()).toString();
    }

    private static String text(byte[] bytes) {
        if (bytes == null) {
            return "null";
        }
        StringBuilder text = new StringBuilder("\"");
        for (char character : new String(bytes, ISO_8859_1).toCharArray()) {
            boolean isPlain = character >= ' ' && character < 0x7f;
            text.append(isPlain ? Character.toString(character) : String.format("\\x%02x", (int) character));
        }
        return text.append('"').toString();
    }
}
