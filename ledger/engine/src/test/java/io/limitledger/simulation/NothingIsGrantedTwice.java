package io.limitledger.simulation;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Bounds;
import java.util.UUID;

/** Invariant: a held lease id is not granted again, nor is an ended one while it is still remembered. */
final class NothingIsGrantedTwice extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof LeaseGranted granted) {
            UUID id = granted.lease().leaseId();
            Long endedAt = before.endedAt.get(id);
            require(!before.held.containsKey(id), () -> "is already held: " + event);
            require(
                    endedAt == null || endedAt + Bounds.REMEMBER_ENDED_MILLIS <= event.at(),
                    () -> "was already granted, and ended at " + endedAt + ": " + event);
        }
    }
}
