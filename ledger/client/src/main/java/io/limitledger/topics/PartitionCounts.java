package io.limitledger.topics;

/**
 * How many partitions the topics really have.
 *
 * <p>The number is fixed when a topic is made, so the number that is found counts, not the option of this start.
 *
 * @param commands those that are decided, which are as many as the events have; a topic that grew has more
 */
public record PartitionCounts(int commands, int replies, int rejected) {
    /** What is said of a topic of commands that grew. */
    static String grown(int found, int agreed) {
        return "topic " + LedgerTopics.COMMANDS + " has " + found + " partitions, but the ledger was made with "
                + agreed
                + ": commands in partitions " + agreed
                + " and above are not decided. Kafka cannot take partitions away;"
                + " make producers use the first " + agreed + " only (murmur2 of the key, modulo " + agreed + ")";
    }
}
