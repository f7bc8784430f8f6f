package io.limitledger.core.rule;

import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import java.util.List;
import java.util.Objects;

/**
 * Hands free slots to those who wait: strictly first come, first served, so that a wide request is not starved by small
 * ones behind it. Runs in the same decision as whatever made room.
 */
final class HandOver {
    private HandOver() {}

    static void run(Draft draft) {
        while (Turn.of(draft.limit(), draft.state()) <= draft.now()) {
            serveHead(draft.now(), draft);
        }
    }

    /** Serves or turns away the head of the queue, whose turn it has been since then. */
    static void serveHead(long turnAt, Draft draft) {
        Limit limit = draft.limit();
        Definition definition = limit.definition();
        Waiter head = Objects.requireNonNull(draft.state().firstInLine(limit.name()));
        if (Turn.canNeverFit(head, definition)) {
            String message = AcquireLeaseRule.exceeds(head.slots(), limit);
            turnAway(head, WaiterLeft.Reason.CAN_NEVER_FIT, Refused.Reason.SLOTS_EXCEED_LIMIT, message, draft);
        } else if (Turn.lacksLease(head, definition)) {
            String message = AcquireLeaseRule.needsLease(limit);
            turnAway(head, WaiterLeft.Reason.LEASE_REQUIRED, Refused.Reason.LEASE_REQUIRED, message, draft);
        } else {
            Grant.toHead(head, turnAt, draft);
        }
    }

    /** The definition has changed while it waited: it is told what it would be told if it asked now. */
    private static void turnAway(
            Waiter waiter, WaiterLeft.Reason why, Refused.Reason reason, String message, Draft draft) {
        Promise.leave(waiter, why, draft);
        draft.tell(waiter.asker(), new Refused(reason, message, List.of()));
    }
}
