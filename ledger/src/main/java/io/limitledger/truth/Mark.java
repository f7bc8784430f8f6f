package io.limitledger.truth;

import org.jspecify.annotations.Nullable;

/**
 * What the state of a partition says of itself: how far commands were decided, and which event was the last. It is written
 * once per commit, in the transaction that moves state, events and the position in the commands together, so that it is
 * right whenever the state is.
 *
 * @param commandsId Kafka's id of the commands topic: an offset means nothing in another topic of the same name
 * @param next offset of the first command that was not decided
 * @param last event that was written; null if there was none
 * @param eventsStart where the events topic began when its partition was first compared
 * @param records how many records the state has, without this one; {@link #UNKNOWN} where counting them costs too much
 */
public record Mark(String commandsId, long next, @Nullable LastEvent last, long eventsStart, long records) {
    /** Of records that nobody counted. */
    public static final long UNKNOWN = -1;

    /** In place of a topic's id: the state is being written anew, and is not whole. */
    private static final String UNFINISHED = "unfinished";

    /** What a state that is being written anew says until it is whole. */
    public static Mark unfinished() {
        return new Mark(UNFINISHED, 0, null, 0, UNKNOWN);
    }

    public boolean isUnfinished() {
        return commandsId.equals(UNFINISHED);
    }
}
