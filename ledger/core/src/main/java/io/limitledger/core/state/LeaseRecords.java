package io.limitledger.core.state;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the one record of a lease id on a limit is found, whatever has become of it by now. */
public interface LeaseRecords {
    @Nullable
    LeaseRecord leaseRecord(String limit, UUID leaseId);

    /** The lease, if the id holds. */
    default @Nullable Lease lease(String limit, UUID leaseId) {
        return leaseRecord(limit, leaseId) instanceof Lease lease ? lease : null;
    }

    /** The waiter, if the id waits. */
    default @Nullable Waiter waiter(String limit, UUID leaseId) {
        return leaseRecord(limit, leaseId) instanceof Waiter waiter ? waiter : null;
    }

    /** What is remembered of the id, if it has ended. */
    default @Nullable EndedLease ended(String limit, UUID leaseId) {
        return leaseRecord(limit, leaseId) instanceof EndedLease ended ? ended : null;
    }
}
