package io.limitledger.core.command;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * End everything under a lease id, however far its acquire has come: a lease ends, a waiter leaves the queue, and an acquire
 * that arrives late takes nothing. Repeatable.
 *
 * @param limit null where the lease id alone says which limit is meant
 */
public record ReleaseLease(@Nullable String limit, UUID leaseId) implements LimitCommand {
    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .nameIfGiven("limit", limit)
                .id("leaseId", leaseId)
                .mistakes();
    }
}
