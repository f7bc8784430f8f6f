package io.limitledger.core.command;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * End everything under a lease id, however far its acquire has come: a lease ends, a waiter leaves the queue, and an acquire
 * that arrives late takes nothing. Repeatable.
 *
 * @param limit null where the lease id alone says which limit is meant
 * @param used how many slots it has really used, see {@link SettleLease}; null if as many as it took
 * @param owner the lease must be this owner's, if it has one; null for a lease of any owner
 */
public record ReleaseLease(
        @Nullable String limit,
        UUID leaseId,
        @Nullable Long used,
        @Nullable String owner) implements LimitCommand {
    /** Of as many slots as it took, and of any owner. */
    public ReleaseLease(@Nullable String limit, UUID leaseId) {
        this(limit, leaseId, null);
    }

    /** Of any owner. */
    public ReleaseLease(@Nullable String limit, UUID leaseId, @Nullable Long used) {
        this(limit, leaseId, used, null);
    }

    @Override
    public ReleaseLease ifOwnedBy(String owner) {
        return new ReleaseLease(limit, leaseId, used, owner);
    }

    @Override
    public int since() {
        if (owner != null) {
            return OWNERS_SINCE;
        }
        return used == null ? 1 : 3;
    }

    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .nameIfGiven("limit", limit)
                .id("leaseId", leaseId)
                .count("used", used)
                .owner(owner)
                .mistakes();
    }
}
