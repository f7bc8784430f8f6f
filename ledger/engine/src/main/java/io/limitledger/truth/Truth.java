package io.limitledger.truth;

import org.jspecify.annotations.Nullable;

/** What a ledger asks before it decides anything in a partition, and what it reports while it does. */
public interface Truth {
    /** Compares nothing: for tests, and wherever there are no topics. */
    Truth UNASKED = new Truth() {
        @Override
        public Start begin(int partition, PartitionState state) {
            return Start.AT_ONCE;
        }

        @Override
        public void wrote(int partition, String limit, long number, String hash) {
            // Nothing is marked.
        }

        @Override
        public void end(int partition) {
            // Nothing was begun.
        }
    };

    /**
     * Compares the restored state of a partition with the topics.
     *
     * @return how to go on
     */
    Start begin(int partition, PartitionState state);

    /** Notes an event that is about to be sent, as the last of its partition. */
    void wrote(int partition, String limit, long number, String hash);

    /** The partition is decided elsewhere from now on, or not at all. */
    void end(int partition);

    /** The timer of a partition runs in {@code millis} milliseconds; an idle thread may rest until then. */
    default void timerRunsIn(int partition, long millis) {}

    /** Whether it flushes the states that it was given, before each poll and each commit; if not, each decision is flushed. */
    default boolean flushes() {
        return false;
    }

    /**
     * How to go on with a partition.
     *
     * @param next offset of the first command to decide; what comes before was decided
     * @param lost commands that were removed before they were decided; null if none
     * @param isHeld whether to decide nothing and to send nothing, since the state differs from the topics
     */
    record Start(long next, Comparison.@Nullable LostCommands lost, boolean isHeld) {
        static final Start AT_ONCE = new Start(0, null, false);
        static final Start HELD = new Start(Long.MAX_VALUE, null, true);
    }
}
