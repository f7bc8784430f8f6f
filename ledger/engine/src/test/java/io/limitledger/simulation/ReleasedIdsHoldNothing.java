package io.limitledger.simulation;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Invariant: once a client has learned that an id was released, no lease is held, no waiter waits and no lease is
 * granted under it. A limit created since then does not know the id and is not checked. Nor is an id that was asked for
 * on too many limits: a release cannot find all of its leases if the client repeated the acquire under a name that
 * another limit had taken over meanwhile.
 */
final class ReleasedIdsHoldNothing extends Invariant {
    /** Milliseconds from the decision to the answer. */
    private static final long LONGEST_RELEASE_MILLIS = 15_000;

    private final Map<UUID, Long> releasedAt = new HashMap<>();

    @Override
    void onReleased(UUID leaseId) {
        long now = cluster().clock.now();
        releasedAt.put(leaseId, now);
        require(
                cluster().isOnTooManyLimits(leaseId)
                        || cluster()
                                .pages()
                                .noneMatch(page -> holdsOrWaits(leaseId, page) && !isCreatedSince(now, page)),
                () -> leaseId + " holds or waits although its release was confirmed");
    }

    private static boolean holdsOrWaits(UUID leaseId, Page page) {
        return page.held.containsKey(leaseId) || page.queue.containsKey(leaseId);
    }

    private boolean isCreatedSince(long releasedAt, Page page) {
        return page.since >= releasedAt - cluster().clock.apartMillis() - LONGEST_RELEASE_MILLIS;
    }

    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof LeaseGranted granted) {
            Long at = releasedAt.get(granted.lease().leaseId());
            require(
                    at == null || isCreatedSince(at, before),
                    () -> "granted although its release was confirmed: #" + entry.offset() + " " + event);
        }
    }
}
