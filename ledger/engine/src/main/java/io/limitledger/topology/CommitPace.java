package io.limitledger.topology;

import io.limitledger.core.state.LedgerState;

/**
 * When a task asks Kafka Streams to commit: soon after it has written something that others wait for. What nobody waits
 * for, such as the position after a heartbeat, is committed with it or at the commit interval, ten times later.
 */
final class CommitPace {
    /** How long readers of events may have to wait. */
    private static final long INTERVAL_MILLIS = 500;

    private long at = LedgerState.NEVER;

    /** Something was written for readers of committed records. */
    void awaited(long now) {
        if (at == LedgerState.NEVER) {
            // On the beat of the clock, so that all tasks of a thread ask at once: a commit covers them all.
            at = (now / INTERVAL_MILLIS + 1) * INTERVAL_MILLIS;
        }
    }

    /** In epoch milliseconds; {@link LedgerState#NEVER} if nothing is awaited. */
    long nextAt() {
        return at;
    }

    /** Whether to commit now. Asked again it waits for the next record. */
    boolean isDue(long now) {
        if (now < at) {
            return false;
        }
        at = LedgerState.NEVER;
        return true;
    }
}
