package io.limitledger.core.applier;

import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;

/** A lease gets another end, and the holder that is known now. */
final class LeaseRenewedApplier {
    private LeaseRenewedApplier() {}

    static Limit apply(LeaseRenewed renewed, Change change) {
        Limit limit = change.limit();
        Lease lease = change.lease(renewed.leaseId());
        change.state().put(lease.renewed(renewed.expiresAt(), renewed.holder()));
        return limit;
    }
}
