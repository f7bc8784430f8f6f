package io.limitledger.gateway.http.v1;

import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A lease in JSON.
 *
 * @param limit where it is on one limit
 * @param limits where it is on several, or was asked for on any number of them
 * @param expiresAt equal to {@code startsAt} for slots that were taken without a lease
 */
record LeaseBody(
        UUID leaseId,
        @Nullable String limit,
        @Nullable List<String> limits,
        long slots,
        Instant acquiredAt,
        Instant expiresAt,
        Instant startsAt,
        @Nullable Holder holder) {

    /** What is held on one limit. */
    static LeaseBody of(Lease lease) {
        return of(List.of(lease), limits(lease));
    }

    /** What is held on all limits of a lease. */
    static LeaseBody of(List<Lease> leases) {
        return leases.size() > 1 ? ofSeveral(leases) : of(leases.get(0));
    }

    /** The same for one limit as for many. */
    static LeaseBody ofSeveral(List<Lease> leases) {
        return of(leases, leases.stream().map(Lease::limit).sorted().toList());
    }

    private static LeaseBody of(List<Lease> leases, @Nullable List<String> limits) {
        Lease one = leases.get(0);
        return new LeaseBody(
                one.leaseId(),
                limits == null ? one.limit() : null,
                limits,
                one.slots(),
                // It is whole from when the last limit was acquired until the first is lost.
                Instant.ofEpochMilli(latest(leases, Lease::acquiredAt)),
                Instant.ofEpochMilli(-latest(leases, lease -> -lease.expiresAt())),
                Instant.ofEpochMilli(latest(leases, Lease::startsAt)),
                one.holder());
    }

    private static @Nullable List<String> limits(Lease lease) {
        if (lease.siblings().isEmpty()) {
            return null;
        }
        List<String> limits = new ArrayList<>(lease.siblings());
        limits.add(lease.limit());
        return limits.stream().sorted().toList();
    }

    private static long latest(List<Lease> leases, ToLongFunction<Lease> time) {
        return leases.stream().mapToLong(time).max().orElseThrow();
    }
}
