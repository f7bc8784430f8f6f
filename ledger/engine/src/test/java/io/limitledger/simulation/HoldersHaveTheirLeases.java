package io.limitledger.simulation;

import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import java.util.UUID;

/**
 * Invariant: a holder that believes it holds a lease does hold it. The log has the lease when its holder starts, and
 * does not expire it while the holder continues. Other clients may release it; and nothing is checked where the
 * broker's clock jumps.
 */
final class HoldersHaveTheirLeases extends Invariant {
    @Override
    void onBegun(UUID leaseId, boolean isHeld) {
        Cluster cluster = cluster();
        if (isHeld && cluster.clock.isSteady() && !cluster.wasEndedOnPurpose(leaseId)) {
            require(
                    cluster.pages().anyMatch(page -> page.held.containsKey(leaseId) || isDue(leaseId, page)),
                    () -> leaseId + " is not held when its holder starts");
        }
    }

    /** Whether its promised start has been reached, so that the next decision grants it. */
    private boolean isDue(UUID leaseId, Page page) {
        Long startsAt = page.queue.containsKey(leaseId) ? page.startOf(leaseId) : null;
        return startsAt != null && startsAt <= cluster().clock.now();
    }

    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        Cluster cluster = cluster();
        if (event.fact() instanceof LeaseExpired expired && cluster != null && cluster.clock.isSteady()) {
            UUID id = expired.leaseId();
            require(
                    cluster.workers().stream().noneMatch(worker -> worker.believesItHolds(id)),
                    () -> "expires while its holder still relies on it: #" + entry.offset() + " " + event);
        }
    }
}
