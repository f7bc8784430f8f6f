package io.limitledger.core.command;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * End the wait for slots. Unlike a release it does not touch what was granted already: the answer is either that the slots will
 * not be granted, or the lease. So a client that lost an answer, or gives up waiting, learns what it holds.
 *
 * @param limit null where the lease id alone says which limit is meant
 * @param owner the wait or the lease must be this owner's, if it has one; null for those of any owner
 */
public record CancelAcquire(
        @Nullable String limit, UUID leaseId, @Nullable String owner) implements LimitCommand {
    /** Of any owner. */
    public CancelAcquire(@Nullable String limit, UUID leaseId) {
        this(limit, leaseId, null);
    }

    @Override
    public CancelAcquire ifOwnedBy(String owner) {
        return new CancelAcquire(limit, leaseId, owner);
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
                .owner(owner)
                .mistakes();
    }
}
