package io.limitledger.core.command;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * End the wait for slots. Unlike a release it does not touch what was granted already: the answer is either that the slots will
 * not be granted, or the lease. So a client that lost an answer, or gives up waiting, learns what it holds.
 *
 * @param limit null where the lease id alone says which limit is meant
 */
public record CancelAcquire(@Nullable String limit, UUID leaseId) implements LimitCommand {
    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .nameIfGiven("limit", limit)
                .id("leaseId", leaseId)
                .mistakes();
    }
}
