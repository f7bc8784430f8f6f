package io.limitledger.core.applier;

import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.MutableLedgerState;
import java.util.List;

/**
 * What changes the time of a partition. A heartbeat and a step of the broker's clock are no events, since they belong to no
 * limit; what follows from them for a limit is an event of that limit.
 */
public final class PartitionTime {
    private PartitionTime() {}

    /**
     * A heartbeat.
     *
     * @param at epoch milliseconds
     */
    public static void heard(MutableLedgerState state, long at) {
        LeaseClock before = state.leaseClock();
        LeaseClock after = before.heard(at, state.holdsLeases());
        if (!after.equals(before)) {
            state.put(after);
        }
    }

    /**
     * The first lease of a partition in which none was held: the ledger was there when it was granted, and an absence before it
     * prolongs nothing.
     *
     * @param at epoch milliseconds
     */
    public static void heardFirst(MutableLedgerState state, long at) {
        LeaseClock before = state.leaseClock();
        state.put(new LeaseClock(at, List.of(), before.aheadMillis(), before.reachedAt()));
    }

    /** By how much the time of a partition is ahead of the broker's clock from now on. */
    public static void ahead(MutableLedgerState state, long millis) {
        LeaseClock clock = state.leaseClock();
        if (clock.aheadMillis() != millis) {
            state.put(clock.ahead(millis));
        }
    }

    /**
     * How far the time has come, where no record of a limit shows it.
     *
     * @param at epoch milliseconds
     */
    public static void reached(MutableLedgerState state, long at) {
        state.put(state.leaseClock().reached(at));
    }
}
