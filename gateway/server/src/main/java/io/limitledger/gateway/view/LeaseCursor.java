package io.limitledger.gateway.view;

import io.limitledger.core.state.Lease;
import java.util.Comparator;
import java.util.UUID;

/**
 * A place in the leases of a limit, in order of expiry; the id decides between equal times.
 *
 * @param expiresAt epoch milliseconds
 */
public record LeaseCursor(long expiresAt, UUID leaseId) implements Comparable<LeaseCursor> {
    private static final Comparator<LeaseCursor> ORDER =
            Comparator.comparingLong(LeaseCursor::expiresAt).thenComparing(LeaseCursor::leaseId);

    public static LeaseCursor of(Lease lease) {
        return new LeaseCursor(lease.expiresAt(), lease.leaseId());
    }

    @Override
    public int compareTo(LeaseCursor other) {
        return ORDER.compare(this, other);
    }
}
