package io.limitledger.simulation;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Bounds;
import java.util.UUID;

/** An id that is held is not granted again; nor is one that has ended, for as long as it is remembered. */
final class NothingIsGrantedTwice extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof LeaseGranted granted) {
            UUID id = granted.lease().leaseId();
            Long endedAt = before.endedAt.get(id);
            require(!before.held.containsKey(id), () -> "is held already: " + event);
            require(
                    endedAt == null || endedAt + Bounds.REMEMBER_ENDED_MILLIS <= event.at(),
                    () -> "has ended at " + endedAt + ": " + event);
        }
    }
}
