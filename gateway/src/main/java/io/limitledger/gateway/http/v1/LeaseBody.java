package io.limitledger.gateway.http.v1;

import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lease in JSON.
 *
 * @param expiresAt equal to {@code startsAt} for slots that were taken without a lease
 */
record LeaseBody(
        UUID leaseId,
        String limit,
        long slots,
        Instant acquiredAt,
        Instant expiresAt,
        Instant startsAt,
        @Nullable Holder holder) {
    static LeaseBody of(Lease lease) {
        return new LeaseBody(
                lease.leaseId(),
                lease.limit(),
                lease.slots(),
                Instant.ofEpochMilli(lease.acquiredAt()),
                Instant.ofEpochMilli(lease.expiresAt()),
                Instant.ofEpochMilli(lease.startsAt()),
                lease.holder());
    }
}
