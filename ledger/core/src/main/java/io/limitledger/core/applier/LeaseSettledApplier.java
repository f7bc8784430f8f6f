package io.limitledger.core.applier;

import io.limitledger.core.event.LeaseSettled;
import io.limitledger.core.state.Limit;

/** A lease, or slots without one, are charged with what was really used. */
final class LeaseSettledApplier {
    private LeaseSettledApplier() {}

    static Limit apply(LeaseSettled settled, Change change) {
        Limit limit = change.limit().withBucket(settled.bucket()).withReservations(settled.reservations());
        return change.settle(settled.lease(), limit);
    }
}
