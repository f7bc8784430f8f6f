package io.limitledger.simulation;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;

/**
 * Invariant: a partition's time advances with the broker's clock however that steps, and each event records how far the
 * two are apart.
 */
final class PartitionTimeIsExact extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry, long aheadMillis) {
        require(
                event.at() == entry.timestamp() && event.aheadMillis() == aheadMillis,
                () -> "expected " + entry.timestamp() + ", " + aheadMillis + " ms ahead of the broker's clock: "
                        + event);
    }
}
