package io.limitledger.topology;

import io.limitledger.core.state.LedgerState;
import java.util.List;

/** The ledger's own index of what is due, and its heartbeats, for the simulation. */
public final class SimulatedSweep {
    private static final long TICK_AGAIN_MILLIS = 500;
    private static final int TICKS_PER_SWEEP = 1_000;

    private final DueIndex due = new DueIndex(TICK_AGAIN_MILLIS);
    private final Pulse pulse = new Pulse();
    private final Present present = new Present();

    public void set(String limit, long at) {
        due.set(limit, at);
    }

    /** A command was decided whose time in the partition is this. */
    public void decided(long at, long steadyMillis) {
        present.decided(at, steadyMillis);
    }

    /** The limits that are to be sent a tick now. */
    public List<String> take(long steadyMillis, LedgerState state) {
        return due.take(present.millis(steadyMillis, state), TICKS_PER_SWEEP);
    }

    public boolean beats(long steadyMillis, LedgerState state) {
        return pulse.beats(steadyMillis, !present.isKnown() && !due.isEmpty(), state);
    }
}
