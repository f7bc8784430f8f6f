package io.limitledger.simulation;

import io.limitledger.core.event.LimitAdopted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import java.util.UUID;

/** Invariant: a limit exists under one name only. When it arrives under a new name, no other name holds it any more. */
final class ALimitIsInOnePlace extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        Cluster cluster = cluster();
        if (event.fact() instanceof LimitAdopted adopted && cluster != null) {
            UUID id = adopted.limit().limit().id();
            require(
                    cluster.allPages().allMatch(page -> page.isMoving || !id.equals(page.limitId)),
                    () -> "the limit also exists under another name: #" + entry.offset() + " " + event);
        }
    }
}
