package io.limitledger.truth;

import org.jspecify.annotations.Nullable;

/**
 * What the topics say of a partition.
 *
 * @param commandsId Kafka's id of the commands topic
 * @param commandsStart offset of the first command that is kept
 * @param commandsEnd offset behind the last command
 * @param committed where the consumer group is in the commands; null if it does not say
 * @param eventsStart offset at which the events begin
 * @param last event that is committed, with the offset of its command; null if there are no events
 * @param readable whether the events could be read; if not, nothing is known of the last one
 * @param settled whether all transactions in the events have ended
 * @param isKeyKnown whether the key of the ledger that was asked for is among the published ones; true if none was
 */
public record Sight(
        String commandsId,
        long commandsStart,
        long commandsEnd,
        @Nullable Long committed,
        long eventsStart,
        @Nullable Seen last,
        boolean readable,
        boolean settled,
        boolean isKeyKnown) {

    /**
     * An event as it was read.
     *
     * @param command offset of the command that led to it
     */
    public record Seen(LastEvent event, long command) {}
}
