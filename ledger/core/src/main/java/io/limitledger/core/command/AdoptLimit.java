package io.limitledger.core.command;

import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.core.state.Waiter;
import io.limitledger.core.state.Window;
import io.limitledger.core.state.Windows;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Take over a limit that is given this name. Sent by the ledger itself, from the partition of the old name.
 *
 * @param limit the new name
 * @param moved the limit as it left, with the seal that it had by then
 * @param part number of this part, from 0
 * @param parts how many there are
 * @param leases some of its leases
 * @param waiters some of its waiters
 * @param keys some of its keys
 */
public record AdoptLimit(
        String limit,
        SealedLimit moved,
        int part,
        int parts,
        List<Lease> leases,
        List<Waiter> waiters,
        List<KeyUse> keys)
        implements LimitCommand {

    public AdoptLimit {
        leases = leases == null ? List.of() : leases;
        waiters = waiters == null ? List.of() : waiters;
        keys = keys == null ? List.of() : keys;
    }

    /** One of a limit without keys. */
    public AdoptLimit(String limit, SealedLimit moved, int part, int parts, List<Lease> leases, List<Waiter> waiters) {
        this(limit, moved, part, parts, leases, waiters, List.of());
    }

    /** With the seal of the limit, which is not known where a rule makes this command. */
    public AdoptLimit sealed(@Nullable String head) {
        return new AdoptLimit(limit, new SealedLimit(moved.limit(), head), part, parts, leases, waiters, keys);
    }

    /** With all its times later by this much, or earlier where that is negative: by another clock. */
    public AdoptLimit laterBy(long millis) {
        return millis == 0
                ? this
                : new AdoptLimit(
                        limit,
                        moved.with(moved.limit().laterBy(millis)),
                        part,
                        parts,
                        leases.stream().map(lease -> laterBy(millis, lease)).toList(),
                        waiters.stream().map(waiter -> waiter.laterBy(millis)).toList(),
                        keys.stream().map(key -> laterBy(millis, key)).toList());
    }

    /** What it took of keys with an override of their own is not given back to their quotas any more where it cannot be told. */
    private Lease laterBy(long millis, Lease lease) {
        Lease later = lease.laterBy(millis);
        Definition definition = moved.limit().definition();
        return lease.spend() == null
                ? later
                : later.granted(
                        lease.fence(),
                        lease.spend()
                                .laterBy(
                                        millis,
                                        definition.quotas(),
                                        definition.boundsOf(null).quotas()));
    }

    private KeyUse laterBy(long millis, KeyUse key) {
        return key.laterBy(millis, moved.limit().definition().boundsOf(key.override()));
    }

    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .name("limit", limit)
                .check("moved", isWhole(moved), "a whole limit")
                .check("part", part >= 0 && part < parts, "a number below parts")
                .check("leases", leases.stream().allMatch(AdoptLimit::isWhole), "whole leases")
                .check("waiters", waiters.stream().allMatch(AdoptLimit::isWhole), "whole waiters")
                .check(
                        "keys",
                        keys.isEmpty() || (isWhole(moved) && keys.stream().allMatch(this::isWhole)),
                        "whole keys")
                .mistakes();
    }

    private boolean isWhole(KeyUse key) {
        return Objects.nonNull(key)
                && limit.equals(key.limit())
                && key.key() != null
                && key.bucket() != null
                && new FieldChecks().override(key.override()).mistakes().isEmpty()
                && areOf(moved.limit().definition().boundsOf(key.override()).quotas(), key.windows());
    }

    private static boolean areOf(List<Quota> quotas, @Nullable Windows windows) {
        return windows != null && areOf(quotas, windows.all());
    }

    private static boolean areOf(List<Quota> quotas, List<Window> windows) {
        return windows.isEmpty() || windows.size() == quotas.size();
    }

    private static boolean isWhole(SealedLimit moved) {
        Limit limit = moved == null ? null : moved.limit();
        return limit != null
                && limit.name() != null
                && limit.id() != null
                && limit.bucket() != null
                && limit.demand() != null
                && new FieldChecks().definition(limit.definition()).mistakes().isEmpty()
                && areOf(limit.definition().quotas(), limit.usage().windows())
                && (limit.reservations() == null
                        || areOf(
                                limit.definition().quotas(),
                                limit.reservations().windows()));
    }

    private static boolean isWhole(Lease lease) {
        return Objects.nonNull(lease) && lease.leaseId() != null && lease.leaseMillis() > 0;
    }

    private static boolean isWhole(Waiter waiter) {
        return Objects.nonNull(waiter) && waiter.leaseId() != null;
    }
}
