package io.limitledger.core.rule;

import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import java.util.List;

/**
 * Hands free slots to those who wait: strictly first come, first served, so that a wide request is not starved by small
 * ones behind it. Runs in the same decision as whatever made room.
 */
final class HandOver {
    private HandOver() {}

    static void run(Draft draft) {
        while (draft.limit().waiting() > 0) {
            Waiter head = draft.state().firstInLine(draft.limit().name());
            if (head == null || !serve(head, draft)) {
                break;
            }
        }
    }

    /** Returns whether the head of the queue is done with, so that the next may have its turn. */
    private static boolean serve(Waiter head, Draft draft) {
        Limit limit = draft.limit();
        Definition definition = limit.definition();
        if (!definition.canEverFit(head.slots()) && definition.limit() > 0) {
            String message = AcquireLeaseRule.exceeds(head.slots(), limit);
            turnAway(head, WaiterLeft.Reason.CAN_NEVER_FIT, Refused.Reason.SLOTS_EXCEED_LIMIT, message, draft);
            return true;
        }
        if (head.leaseMillis() == 0 && !definition.decays()) {
            String message = AcquireLeaseRule.needsLease(limit);
            turnAway(head, WaiterLeft.Reason.LEASE_REQUIRED, Refused.Reason.LEASE_REQUIRED, message, draft);
            return true;
        }
        if (!Grant.isPossible(head.slots(), head.leaseMillis(), draft)) {
            return false;
        }
        draft.tell(head.asker(), Grant.toWaiter(head, draft));
        return true;
    }

    /** The definition has changed while it waited: it is told what it would be told if it asked now. */
    private static void turnAway(
            Waiter waiter, WaiterLeft.Reason why, Refused.Reason reason, String message, Draft draft) {
        draft.append(new WaiterLeft(waiter.leaseId(), why));
        draft.tell(waiter.asker(), new Refused(reason, message, List.of()));
    }
}
