package io.limitledger.wire;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.topics.LedgerTopics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of the commands topic: which of them are commands. Part of deciding, and so the same for the ledger and for
 * whoever checks it.
 */
public final class CommandRecord {
    private CommandRecord() {}

    /**
     * Reads a record, or says why it is no command.
     *
     * @param partition in which it stands
     * @param partitions of the commands topic
     * @param rules version of the rules by which it is decided
     * @param keys of ledgers
     * @throws UnreadableRecordException if it is no command, or stands where commands of its limit must not, or only
     *     ledgers send such commands and it does not come from one
     */
    public static LimitCommand read(
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers,
            int partition,
            int partitions,
            int rules,
            LedgerKeys keys)
            throws UnreadableRecordException {
        LimitCommand command = CommandJson.read(value);
        String limit = command.limit();
        if (limit != null) {
            requireKey(key, limit);
            requirePartition(limit, partition, partitions);
        }
        LedgerProof.require(command, headers, key, value, partition, rules, keys);
        return command;
    }

    private static void requireKey(byte @Nullable [] key, String limit) throws UnreadableRecordException {
        String found = key == null ? "none" : "'" + new String(key, StandardCharsets.UTF_8) + "'";
        if (!found.equals("'" + limit + "'")) {
            throw new UnreadableRecordException(
                    "Expected the name of the limit, '" + limit + "', as the key of the record, but got " + found);
        }
    }

    /** A limit is decided in one partition only; a producer with another partitioner would make two limits of it. */
    private static void requirePartition(String limit, int partition, int partitions) throws UnreadableRecordException {
        int expected = LeaseIds.partition(limit, partitions);
        if (partition != expected) {
            throw new UnreadableRecordException("Expected commands of limit '" + limit + "' in partition " + expected
                    + " of " + LedgerTopics.COMMANDS + " (murmur2 of the key), but got one in partition " + partition);
        }
    }
}
