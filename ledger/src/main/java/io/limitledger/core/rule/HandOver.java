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
            turnAway(head, draft);
            return true;
        }
        if (!Grant.isPossible(head.slots(), draft)) {
            return false;
        }
        draft.tell(head.asker(), Grant.toWaiter(head, draft));
        return true;
    }

    private static void turnAway(Waiter waiter, Draft draft) {
        draft.append(new WaiterLeft(waiter.leaseId(), WaiterLeft.Reason.CAN_NEVER_FIT));
        draft.tell(
                waiter.asker(),
                new Refused(
                        Refused.Reason.SLOTS_EXCEED_LIMIT,
                        AcquireLeaseRule.exceeds(waiter.slots(), draft.limit()),
                        List.of()));
    }
}
