package io.limitledger.core.command;

import io.limitledger.core.state.Holder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Take slots that nobody holds. On a limit with decay they drain; on any other they stay until they are returned by
 * number, whoever does it.
 *
 * @param leaseId chosen by the asker, who may repeat it; there is no lease of this id afterwards
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
