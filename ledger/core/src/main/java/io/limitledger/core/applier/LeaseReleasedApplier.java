package io.limitledger.core.applier;

import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.state.EndedLease.How;
import io.limitledger.core.state.Limit;

/** A lease becomes an ended one. */
final class LeaseReleasedApplier {
    private LeaseReleasedApplier() {}

    static Limit apply(LeaseReleased released, Change change) {
        Limit limit = change.limit()
                .withBucket(released.bucket())
                .withDemand(released.demand())
                .withReservations(released.reservations());
        return change.end(released.leaseId(), How.RELEASED, change.event().at(), limit);
    }
}
