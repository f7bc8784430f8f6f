package io.limitledger.topology;

import io.limitledger.core.state.LedgerState;

/**
 * When a partition is due for a heartbeat: every second while leases are held in it, and once more when none is; also while
 * something will fall due, and no command has shown yet what time it is.
 */
final class Pulse {
    private static final long INTERVAL_MILLIS = 1_000;

    /** Until the first one is heard, an absence would go unnoticed. */
    private static final long FIRST_INTERVAL_MILLIS = 100;

    private long beatAt;

    /**
     * Whether to send one now.
     *
     * @param now milliseconds by a clock that only goes forward
     * @param mustAskTheTime whether any command is wanted, for the time that it brings
     */
    boolean beats(long now, boolean mustAskTheTime, LedgerState state) {
        if (nextAt(now, mustAskTheTime, state) > now) {
            return false;
        }
        beatAt = now;
        return true;
    }

    /** When the next one is due, by that clock; {@link LedgerState#NEVER} while nothing is held, and no time is asked for. */
    long nextAt(long now, boolean mustAskTheTime, LedgerState state) {
        boolean isResting = state.leaseClock().isResting();
        if (isResting && !state.holdsLeases() && !mustAskTheTime) {
            return LedgerState.NEVER;
        }
        long next = beatAt + (isResting && state.holdsLeases() ? FIRST_INTERVAL_MILLIS : INTERVAL_MILLIS);
        return beatAt <= now ? next : now;
    }
}
