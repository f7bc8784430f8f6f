package io.limitledger.core.command;

import io.limitledger.core.state.Holder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hold a lease for longer, counted from now. It may also be shortened.
 *
 * @param limit null where the lease id alone says which limit is meant
 * @param holder kept if the lease was acquired without one
 * @param owner the lease must be this owner's, if it has one; null for a lease of any owner
 */
public record RenewLease(
        @Nullable String limit,
        UUID leaseId,
        long leaseMillis,
        @Nullable Holder holder,
        @Nullable String owner) implements LimitCommand {
    /** Of any owner. */
    public RenewLease(@Nullable String limit, UUID leaseId, long leaseMillis, @Nullable Holder holder) {
        this(limit, leaseId, leaseMillis, holder, null);
    }

    @Override
    public RenewLease ifOwnedBy(String owner) {
        return new RenewLease(limit, leaseId, leaseMillis, holder, owner);
    }

    @Override
    public int since() {
        return owner == null ? 1 : OWNERS_SINCE;
    }

    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .nameIfGiven("limit", limit)
                .id("leaseId", leaseId)
                .lease(leaseMillis)
                .holder(holder)
                .owner(owner)
                .mistakes();
    }
}
