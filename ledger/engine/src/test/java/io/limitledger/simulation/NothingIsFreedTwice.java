package io.limitledger.simulation;

import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Lease;
import java.util.UUID;

/**
 * Invariant: a lease frees slots only while it is held, once, and no more than it occupied; without decay exactly as
 * many.
 */
final class NothingIsFreedTwice extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof LeaseReleased released) {
            check(released.leaseId(), released.freedMicros(), event, before);
        } else if (event.fact() instanceof LeaseExpired expired) {
            check(expired.leaseId(), expired.freedMicros(), event, before);
        }
    }

    private void check(UUID leaseId, long freedMicros, LimitEvent event, Page before) {
        Lease lease = before.held.get(leaseId);
        require(lease != null, () -> "frees a lease that is not held: " + event);
        require(
                freedMicros <= lease.takenMicros(),
                () -> "frees more than the lease occupied, " + lease.takenMicros() + ": " + event);
        require(
                before.mayHaveDecayed || freedMicros == lease.takenMicros(),
                () -> "frees other than the lease occupied, " + lease.takenMicros() + ": " + event);
    }
}
