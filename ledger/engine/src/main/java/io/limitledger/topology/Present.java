package io.limitledger.topology;

import io.limitledger.core.state.LedgerState;

/**
 * What time it is in a partition, for its timers: the time of the last command, and what has passed since by a clock that
 * only goes forward. So no machine's clock that is wrong, or steps, can keep what is due from its tick. Until the first
 * command comes it is a guess by the machine's clock.
 */
final class Present {
    private boolean isKnown;
    private long commandAt;
    private long seenMillis;

    /**
     * A command was decided.
     *
     * @param at its time in the partition, epoch milliseconds
     * @param steadyMillis when that was, by a clock that only goes forward
     */
    void decided(long at, long steadyMillis) {
        if (!isKnown || at > commandAt + steadyMillis - seenMillis) {
            isKnown = true;
            commandAt = at;
            seenMillis = steadyMillis;
        }
    }

    boolean isKnown() {
        return isKnown;
    }

    /**
     * Epoch milliseconds by the partition's time.
     *
     * @param steadyMillis by a clock that only goes forward, and showed the machine's time when it was started
     */
    long millis(long steadyMillis, LedgerState state) {
        return isKnown
                ? commandAt + steadyMillis - seenMillis
                : Math.max(state.reachedAt(), steadyMillis + state.leaseClock().aheadMillis());
    }
}
