package io.limitledger.simulation;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Lease;

/**
 * A grant leaves no more occupied than the limit has, whatever was granted before. Counted lease by lease, so on limits
 * that have never decayed. What was granted while the limit was inactive takes nothing.
 */
final class NeverAboveTheLimit extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof LeaseGranted granted && before.definition.active() && !before.mayHaveDecayed) {
            long occupied = occupiedMicros(before)
                    + (granted.lease().leaseMillis() > 0 ? granted.lease().slots() * Bucket.MICROS : 0)
                    + granted.bucket().unleasedMicros();
            require(
                    occupied <= before.definition.limit() * Bucket.MICROS,
                    () -> occupied + " millionths are occupied of " + before.definition + " after " + event);
        }
    }

    private static long occupiedMicros(Page page) {
        return page.held.values().stream()
                        .filter(lease -> lease.takenMicros() > 0)
                        .mapToLong(Lease::slots)
                        .sum()
                * Bucket.MICROS;
    }
}
