package io.limitledger.core.command;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Wait no longer. Unlike a release it leaves alone what was granted already: the answer is either "you will not get it"
 * or the lease. So an asker that lost an answer, or is tired of waiting, learns what it holds.
 *
 * @param limit null where the lease id says it all
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
