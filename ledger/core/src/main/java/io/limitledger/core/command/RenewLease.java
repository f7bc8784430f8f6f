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
 */
public record RenewLease(
        @Nullable String limit,
        UUID leaseId,
        long leaseMillis,
        @Nullable Holder holder) implements LimitCommand {
    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .nameIfGiven("limit", limit)
                .id("leaseId", leaseId)
                .lease(leaseMillis)
                .holder(holder)
                .mistakes();
    }
}
