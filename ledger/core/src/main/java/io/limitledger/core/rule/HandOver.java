package io.limitledger.core.rule;

import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import java.util.List;

/**
 * Hands free slots to waiters in the order of their turns: the next one is waited for, so that a wide request is not starved
 * by small ones behind it. Runs in the same decision as whatever made room.
 */
final class HandOver {
    private HandOver() {}

    static void run(Draft draft) {
        while (Turn.of(draft.limit(), draft.state(), draft.now()) <= draft.now()) {
            serveHead(draft.now(), draft);
        }
    }

    /** Serves the head of the queue, whose turn it has been since then; or it has become the turn of one that cannot be served. */
    static void serveHead(long turnAt, Draft draft) {
        Limit limit = draft.limit();
        Waiter head = draft.state().firstInQueue(limit.name(), turnAt);
        if (head != null && Turn.of(head, limit, draft.state()) <= turnAt) {
            Grant.toHead(head, turnAt, draft);
        }
    }

    /** A waiter that can no longer be served after an edit gets the refusal that it would get if it asked now. */
    static void turnAway(Draft draft) {
        Limit limit = draft.limit();
        if (limit.waiting() == 0) {
            return;
        }
        for (Waiter waiter : draft.state().waiters(limit.name())) {
            String exceeds = AcquireLeaseRule.exceeds(waiter.claim(), draft);
            if (exceeds != null) {
                turnAway(waiter, WaiterLeft.Reason.CAN_NEVER_FIT, Refused.Reason.SLOTS_EXCEED_LIMIT, exceeds, draft);
            } else if (AcquireLeaseRule.requiresLease(waiter.claim(), draft) && waiter.leaseMillis() == 0) {
                String message = AcquireLeaseRule.needsLease(limit);
                turnAway(waiter, WaiterLeft.Reason.LEASE_REQUIRED, Refused.Reason.LEASE_REQUIRED, message, draft);
            }
        }
    }

    private static void turnAway(
            Waiter waiter, WaiterLeft.Reason why, Refused.Reason reason, String message, Draft draft) {
        boolean isLast = draft.limit().waiting() == 1;
        draft.append(new WaiterLeft(
                waiter.leaseId(),
                why,
                draft.now() - waiter.since(),
                isLast ? null : draft.limit().reservations()));
        draft.answer(waiter.asker(), new Refused(reason, message, List.of()));
    }
}
