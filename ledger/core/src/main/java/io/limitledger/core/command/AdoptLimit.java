package io.limitledger.core.command;

import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.core.state.Waiter;
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
    public AdoptLimit(
            String limit, SealedLimit moved, int part, int parts, List<Lease> leases, List<Waiter> waiters) {
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
                        leases.stream().map(lease -> lease.laterBy(millis)).toList(),
                        waiters.stream().map(waiter -> waiter.laterBy(millis)).toList(),
                        keys.stream().map(key -> laterBy(millis, key)).toList());
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
                .check("keys", keys.stream().allMatch(AdoptLimit::isWhole), "whole keys")
                .mistakes();
    }

    private static boolean isWhole(KeyUse key) {
        return Objects.nonNull(key) && key.key() != null && key.bucket() != null && key.windows() != null;
    }

    private static boolean isWhole(SealedLimit moved) {
        Limit limit = moved == null ? null : moved.limit();
        return limit != null
                && limit.name() != null
                && limit.id() != null
                && limit.bucket() != null
                && limit.demand() != null
                && new FieldChecks().definition(limit.definition()).mistakes().isEmpty();
    }

    private static boolean isWhole(Lease lease) {
        return Objects.nonNull(lease) && lease.leaseId() != null && lease.leaseMillis() > 0;
    }

    private static boolean isWhole(Waiter waiter) {
        return Objects.nonNull(waiter) && waiter.leaseId() != null;
    }
}
