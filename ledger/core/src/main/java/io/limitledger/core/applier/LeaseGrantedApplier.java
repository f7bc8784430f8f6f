package io.limitledger.core.applier;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.state.EndedLease.How;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;

/** A lease is held, or slots without a lease are remembered under their id. */
final class LeaseGrantedApplier {
    private LeaseGrantedApplier() {}

    static Limit apply(LeaseGranted granted, Change change) {
        Lease lease = granted.lease();
        Limit after = lease.leaseMillis() == 0
                ? change.end(lease.leaseId(), How.UNLEASED, lease, change.limit())
                : change.put(lease, change.limit());
        return change.charge(lease, granted.turn(), after.withBucket(granted.bucket()));
    }
}
