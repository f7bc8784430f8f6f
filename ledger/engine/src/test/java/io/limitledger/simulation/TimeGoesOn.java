package io.limitledger.simulation;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;

/**
 * Time goes on in a partition as it passes by the broker's clock, however that steps back and ahead; and each event says how
 * far apart the two are.
 */
final class TimeGoesOn extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry, long aheadMillis) {
        require(
                event.at() == entry.timestamp() && event.aheadMillis() == aheadMillis,
                () -> "it is " + entry.timestamp() + ", " + aheadMillis + " ms ahead of the broker's clock: " + event);
    }
}
