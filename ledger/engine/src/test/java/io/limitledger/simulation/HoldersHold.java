package io.limitledger.simulation;

import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import java.util.UUID;

/**
 * Who believes that it holds does hold: the log has the lease when its holder begins, and does not end it for its age
 * while the holder goes on. Others may end it on purpose; and nothing can be said where clocks jump.
 */
final class HoldersHold extends Invariant {
    @Override
    void onBegun(UUID leaseId, boolean isHeld) {
        Cluster cluster = cluster();
        if (isHeld && cluster.clock.isSteady() && !cluster.wasEndedOnPurpose(leaseId)) {
            require(
                    cluster.pages().anyMatch(page -> page.held.containsKey(leaseId) || isItsTurn(leaseId, page)),
                    () -> leaseId + " is not held when its holder begins");
        }
    }

    /** It was promised, and is granted by whatever is decided next. */
    private boolean isItsTurn(UUID leaseId, Page page) {
        Long startsAt = page.line.containsKey(leaseId) ? page.startOf(leaseId) : null;
        return startsAt != null && startsAt <= cluster().clock.now();
    }

    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        Cluster cluster = cluster();
        if (event.fact() instanceof LeaseExpired expired && cluster != null && cluster.clock.isSteady()) {
            UUID id = expired.leaseId();
            require(
                    cluster.workers().stream().noneMatch(worker -> worker.believesInHolding(id)),
                    () -> "its holder believes that it holds: #" + entry.offset() + " " + event);
        }
    }
}
