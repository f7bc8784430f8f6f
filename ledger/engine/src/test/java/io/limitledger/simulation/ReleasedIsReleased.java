package io.limitledger.simulation;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Once an asker is told that an id is released, nothing is held under it, nobody waits, and nothing is granted; but a limit
 * that was made since knows nothing of it. Nor is it found wherever it is, if it was asked for again under a name that
 * another limit had got meanwhile.
 */
final class ReleasedIsReleased extends Invariant {
    /** From the decision to the answer. */
    private static final long LONGEST_RELEASE_MILLIS = 15_000;

    private final Map<UUID, Long> releasedAt = new HashMap<>();

    @Override
    void onReleased(UUID leaseId) {
        long now = cluster().clock.now();
        releasedAt.put(leaseId, now);
        require(
                cluster().isOnTooManyLimits(leaseId)
                        || cluster().pages().noneMatch(page -> isThere(leaseId, page) && !isNewSince(now, page)),
                () -> leaseId + " holds or waits when its asker is told that it is released");
    }

    private static boolean isThere(UUID leaseId, Page page) {
        return page.held.containsKey(leaseId) || page.line.containsKey(leaseId);
    }

    private boolean isNewSince(long releasedAt, Page page) {
        return page.since >= releasedAt - cluster().clock.apartMillis() - LONGEST_RELEASE_MILLIS;
    }

    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof LeaseGranted granted) {
            Long at = releasedAt.get(granted.lease().leaseId());
            require(
                    at == null || isNewSince(at, before),
                    () -> "its asker was told that it is released: #" + entry.offset() + " " + event);
        }
    }
}
