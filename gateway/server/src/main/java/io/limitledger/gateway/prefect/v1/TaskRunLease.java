package io.limitledger.gateway.prefect.v1;

import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Limit;
import io.limitledger.lease.Acquisition;
import java.util.List;

/** A lease of a client that knows nothing of leases, and so will never renew it: as long as a lease may be. */
final class TaskRunLease {
    private TaskRunLease() {}

    static Acquisition of(List<Limit> limits, Holder holder) {
        List<String> names = limits.stream().map(Limit::name).toList();
        return Acquisition.of(names, 1, Bounds.LONGEST_LEASE_MILLIS, 0, holder);
    }
}
