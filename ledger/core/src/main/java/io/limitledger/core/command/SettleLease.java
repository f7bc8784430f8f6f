package io.limitledger.core.command;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Say how many slots a lease has really used. Fewer than it took: the difference returns, to what is occupied and to the
 * quotas. More: it is charged at once, also beyond the bounds. Repeatable, and may be corrected until the lease ends; what was
 * granted without a lease may be settled for as long as its id is remembered.
 *
 * @param limit null where the lease id alone says which limit is meant
 * @param slots 0 or more
 * @param owner the lease must be this owner's, if it has one; null for a lease of any owner
 */
public record SettleLease(
        @Nullable String limit,
        UUID leaseId,
        long slots,
        @Nullable String owner) implements LimitCommand {
    /** Of any owner. */
    public SettleLease(@Nullable String limit, UUID leaseId, long slots) {
        this(limit, leaseId, slots, null);
    }

    @Override
    public SettleLease ifOwnedBy(String owner) {
        return new SettleLease(limit, leaseId, slots, owner);
    }

    @Override
    public int since() {
        return owner == null ? 3 : OWNERS_SINCE;
    }

    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .nameIfGiven("limit", limit)
                .id("leaseId", leaseId)
                .count("slots", slots)
                .owner(owner)
                .mistakes();
    }
}
