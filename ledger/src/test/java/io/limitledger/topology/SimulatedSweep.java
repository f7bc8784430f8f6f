package io.limitledger.topology;

import io.limitledger.core.state.LedgerState;
import java.util.List;

/** The ledger's own index of what is due, and its heartbeats, for the simulation. */
public final class SimulatedSweep {
    private static final long TICK_AGAIN_MILLIS = 500;
    private static final int TICKS_PER_SWEEP = 1_000;

    private final DueIndex due = new DueIndex(TICK_AGAIN_MILLIS);
    private final Pulse pulse = new Pulse();

    public void set(String limit, long at) {
        due.set(limit, at);
    }

    /** The limits that are to be sent a tick now. */
    public List<String> take(long now) {
        return due.take(now, TICKS_PER_SWEEP);
    }

    public boolean beats(long now, LedgerState state) {
        return pulse.beats(now, state);
    }
}
