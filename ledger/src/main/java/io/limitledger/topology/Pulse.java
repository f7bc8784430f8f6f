package io.limitledger.topology;

import io.limitledger.core.state.LedgerState;

/** When a partition is due for a heartbeat: every second while leases are held in it, and once more when none is. */
final class Pulse {
    private static final long INTERVAL_MILLIS = 1_000;

    /** Until the first one is heard, an absence would go unnoticed. */
    private static final long FIRST_INTERVAL_MILLIS = 100;

    private long beatAt;

    /**
     * Whether to send one now.
     *
     * @param now epoch milliseconds; a clock that runs backwards costs a heartbeat more
     */
    boolean beats(long now, LedgerState state) {
        if (nextAt(now, state) > now) {
            return false;
        }
        beatAt = now;
        return true;
    }

    /** When the next one is due, in epoch milliseconds; {@link LedgerState#NEVER} while nothing is held. */
    long nextAt(long now, LedgerState state) {
        boolean isResting = state.leaseClock().isResting();
        if (isResting && !state.holdsLeases()) {
            return LedgerState.NEVER;
        }
        long next = beatAt + (isResting ? FIRST_INTERVAL_MILLIS : INTERVAL_MILLIS);
        return beatAt <= now ? next : now;
    }
}
