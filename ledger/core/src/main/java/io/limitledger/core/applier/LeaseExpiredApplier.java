package io.limitledger.core.applier;

import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.state.EndedLease.How;
import io.limitledger.core.state.Limit;

/** A lease becomes an ended one, as of the time at which it was due. */
final class LeaseExpiredApplier {
    private LeaseExpiredApplier() {}

    static Limit apply(LeaseExpired expired, Change change) {
        Limit limit = change.limit()
                .withBucket(expired.bucket())
                .withDemand(expired.demand())
                .withReservations(expired.reservations());
        limit = Boolean.TRUE.equals(expired.refunded()) ? change.refund(expired.leaseId(), limit) : limit;
        return change.end(expired.leaseId(), How.EXPIRED, expired.expiresAt(), limit);
    }
}
