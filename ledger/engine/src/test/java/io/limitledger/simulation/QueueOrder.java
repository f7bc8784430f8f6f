package io.limitledger.simulation;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Claim;
import java.util.UUID;

/**
 * Invariant: while clients wait, only the first in the queue is served, unless keys or head starts decide the order. A promised start, however, is granted ahead of
 * an edit, past waiters without a promise.
 */
final class QueueOrder extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof LeaseGranted granted
                && granted.lease().startsAt() <= event.at()
                && !before.mayBeOutOfOrder
                && !hasHeadStart(granted.lease().claim())
                && !before.queue.isEmpty()) {
            UUID first = before.queue.keySet().iterator().next();
            require(granted.lease().leaseId().equals(first), () -> first + " is first in the queue: " + event);
        }
    }

    /** One that comes with a head start may be served before those that wait. */
    private static boolean hasHeadStart(Claim claim) {
        return claim.terms() != null && claim.terms().priority() > 0;
    }
}
