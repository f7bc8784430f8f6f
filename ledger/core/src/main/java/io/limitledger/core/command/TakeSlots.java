package io.limitledger.core.command;

import io.limitledger.core.state.Holder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Take slots without a lease. On a limit with decay they drain; on any other they stay occupied until any client returns them
 * by number.
 *
 * @param leaseId chosen by the client, which may repeat the command; no lease of this id exists afterwards
 * @param slots 1 or more
 */
public record TakeSlots(
        String limit, UUID leaseId, long slots, @Nullable Holder holder) implements LimitCommand {
    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .name("limit", limit)
                .id("leaseId", leaseId)
                .slots(slots)
                .holder(holder)
                .mistakes();
    }
}
