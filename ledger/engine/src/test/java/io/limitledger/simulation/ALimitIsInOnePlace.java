package io.limitledger.simulation;

import io.limitledger.core.event.LimitAdopted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import java.util.UUID;

/** A limit that arrives under another name has left the one before. */
final class ALimitIsInOnePlace extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        Cluster cluster = cluster();
        if (event.fact() instanceof LimitAdopted adopted && cluster != null) {
            UUID id = adopted.limit().limit().id();
            require(
                    cluster.allPages().allMatch(page -> page.isMoving || !id.equals(page.limitId)),
                    () -> "it is elsewhere too: #" + entry.offset() + " " + event);
        }
    }
}
