package io.limitledger.simulation;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import java.util.UUID;

/**
 * While somebody waits only whoever has waited longest is served; but what was promised is granted ahead of an edit, past
 * those who were promised nothing.
 */
final class QueueOrder extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof LeaseGranted granted
                && granted.lease().startsAt() <= event.at()
                && !before.line.isEmpty()) {
            UUID first = before.line.keySet().iterator().next();
            require(granted.lease().leaseId().equals(first), () -> first + " is first in line: " + event);
        }
    }
}
