package io.limitledger.core.rule;

import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;

/** When it is the turn of the head of a queue. */
final class Turn {
    private static final long AT_ONCE = 0;

    private Turn() {}

    /**
     * Epoch milliseconds from which the head of the queue can be served if nothing else happens;
     * {@link LedgerState#NEVER} if nothing else has to happen first.
     */
    static long of(Limit limit, LedgerState state) {
        Waiter head = limit.waiting() == 0 ? null : state.firstInQueue(limit.name());
        return head == null ? LedgerState.NEVER : of(head, limit);
    }

    private static long of(Waiter head, Limit limit) {
        Definition definition = limit.definition();
        if (head.leaseMillis() > 0 && limit.leases() >= Bounds.LEASES_PER_LIMIT) {
            return LedgerState.NEVER;
        }
        if (!definition.active() || limit.bucket().fits(head.slots(), definition.limit())) {
            return AT_ONCE;
        }
        return definition.decays() && definition.limit() > 0
                ? limit.bucket().settledAt()
                        + limit.bucket()
                                .millisUntilFits(head.slots(), definition.limit(), definition.decayNanosPerSecond())
                : LedgerState.NEVER;
    }
}
