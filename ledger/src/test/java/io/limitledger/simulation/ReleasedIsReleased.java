package io.limitledger.simulation;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Once an asker is told that an id is released, nothing is held under it, nobody waits, and nothing is granted. */
final class ReleasedIsReleased extends Invariant {
    private final Set<UUID> released = new HashSet<>();

    @Override
    void onReleased(UUID leaseId) {
        released.add(leaseId);
        require(
                cluster().pages().noneMatch(page -> page.held.containsKey(leaseId) || page.line.containsKey(leaseId)),
                () -> leaseId + " holds or waits when its asker is told that it is released");
    }

    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof LeaseGranted granted) {
            require(
                    !released.contains(granted.lease().leaseId()),
                    () -> "its asker was told that it is released: #" + entry.offset() + " " + event);
        }
    }
}
