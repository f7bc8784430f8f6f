package io.limitledger.core.rule;

import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Move;

/** When something falls due on a limit: what a timer has to watch for. */
public final class DueTime {
    /** A move takes milliseconds; after this its messages are taken for lost. */
    private static final long MOVE_AGAIN_MILLIS = 1_000;

    private DueTime() {}

    /** Epoch milliseconds of the first expiry, end of a wait, or slot for a waiter that decay alone makes free. */
    public static long of(LedgerState state, String name) {
        Limit limit = state.limit(name);
        if (limit != null && limit.move() != null) {
            return limit.move().direction() == Move.Direction.LEAVING
                    ? limit.decidedAt() + MOVE_AGAIN_MILLIS
                    : LedgerState.NEVER;
        }
        long due = Math.min(state.firstExpiryAt(name), state.firstGiveUpAt(name));
        return limit == null
                ? due
                : Math.min(due, Math.min(Turn.of(limit, state, limit.decidedAt()), IdleKeys.dueAt(limit, state)));
    }
}
