package io.limitledger.gateway.http.v1;

import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Right;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A lease in JSON.
 *
 * @param limit where it is on one limit
 * @param limits where it is on several, or was asked for on any number of them
 * @param slots of each limit; null where they differ
 * @param expiresAt equal to {@code startsAt} for slots that were taken without a lease
 * @param owner name of the principal that acquired it; null if none was named
 * @param key whose slots they are; null if none is named, and where the limits have different ones
 * @param fence of a lease on one limit
 * @param used of a lease on one limit, once it has been settled
 * @param parts what differs from limit to limit, where it was asked for on any number of them
 */
record LeaseBody(
        UUID leaseId,
        @Nullable String limit,
        @Nullable List<String> limits,
        @Nullable Long slots,
        Instant acquiredAt,
        Instant expiresAt,
        Instant startsAt,
        @Nullable Holder holder,
        @Nullable String owner,
        @Nullable String key,
        @Nullable Long fence,
        @Nullable Long used,
        @Nullable List<Part> parts) {
    /** What is held of one limit. */
    private record Part(
            String name,
            long slots,
            @Nullable String key,
            @Nullable Long fence,
            @Nullable Long used) {
        static Part of(Lease lease) {
            return new Part(lease.limit(), lease.slots(), lease.claim().key(), lease.fence(), lease.used());
        }
    }

    /** What is held on one limit. */
    static LeaseBody of(Lease lease) {
        return of(List.of(lease), limits(lease), null);
    }

    /** What is held on all limits of a lease. */
    static LeaseBody of(List<Lease> leases) {
        return leases.size() > 1 ? ofSeveral(leases) : of(leases.get(0));
    }

    /** The same for one limit as for many. */
    static LeaseBody ofSeveral(List<Lease> leases) {
        return of(leases, leases.stream().map(Lease::limit).sorted().toList(), parts(leases));
    }

    /** What was settled, perhaps on some of the limits only. */
    static LeaseBody settled(List<Lease> leases) {
        List<String> limits = limits(leases.get(0));
        return limits == null ? of(leases.get(0)) : of(leases, limits, parts(leases));
    }

    /** What a caller may see of it: no names of limits that it may not read. */
    LeaseBody visibleTo(Caller caller) {
        return caller.mayAll(Right.READ)
                ? this
                : new LeaseBody(
                        leaseId,
                        limit,
                        limits == null
                                ? null
                                : limits.stream()
                                        .filter(name -> caller.may(Right.READ, name))
                                        .toList(),
                        slots,
                        acquiredAt,
                        expiresAt,
                        startsAt,
                        holder,
                        owner,
                        key,
                        fence,
                        used,
                        parts == null
                                ? null
                                : parts.stream()
                                        .filter(part -> caller.may(Right.READ, part.name()))
                                        .toList());
    }

    private static List<Part> parts(List<Lease> leases) {
        return leases.stream()
                .sorted(Comparator.comparing(Lease::limit))
                .map(Part::of)
                .toList();
    }

    private static LeaseBody of(List<Lease> leases, @Nullable List<String> limits, @Nullable List<Part> parts) {
        Lease one = leases.get(0);
        boolean isAboutOne = parts == null || (limits != null && limits.size() == 1);
        boolean isAboutAll = isAboutOne || (limits != null && limits.size() == leases.size());
        return new LeaseBody(
                one.leaseId(),
                limits == null ? one.limit() : null,
                limits,
                isAboutAll && leases.stream().allMatch(lease -> lease.slots() == one.slots())
                        ? Long.valueOf(one.slots())
                        : null,
                // It is whole from when the last limit was acquired until the first is lost.
                Instant.ofEpochMilli(latest(leases, Lease::acquiredAt)),
                Instant.ofEpochMilli(-latest(leases, lease -> -lease.expiresAt())),
                Instant.ofEpochMilli(latest(leases, Lease::startsAt)),
                one.holder(),
                one.claim().owner(),
                isAboutAll
                                && leases.stream()
                                        .allMatch(lease -> Objects.equals(
                                                lease.claim().key(), one.claim().key()))
                        ? one.claim().key()
                        : null,
                isAboutOne ? one.fence() : null,
                isAboutOne ? one.used() : null,
                parts);
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
