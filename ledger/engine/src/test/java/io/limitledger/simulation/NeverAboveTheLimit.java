package io.limitledger.simulation;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Lease;

/**
 * Invariant: after a grant no more slots are occupied than the limit allows. Occupied slots are counted per lease, so
 * only limits that never had a decay are checked. Leases granted while the limit was inactive occupy nothing.
 */
final class NeverAboveTheLimit extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof LeaseGranted granted && before.definition.active() && !before.mayHaveDecayed) {
            long occupied = occupiedMicros(before)
                    + (granted.lease().leaseMillis() > 0 ? granted.lease().usedSlots() * Bucket.MICROS : 0)
                    + granted.bucket().unleasedMicros();
            require(
                    occupied <= before.definition.limit() * Bucket.MICROS,
                    () -> occupied + " millionths of a slot are occupied on " + before.definition + " after " + event);
        }
    }

    private static long occupiedMicros(Page page) {
        return page.held.values().stream()
                        .filter(lease -> lease.takenMicros() > 0)
                        .mapToLong(Lease::usedSlots)
                        .sum()
                * Bucket.MICROS;
    }
}
