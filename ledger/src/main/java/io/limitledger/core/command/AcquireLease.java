package io.limitledger.core.command;

import io.limitledger.core.state.Holder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ask for slots.
 *
 * @param leaseId chosen by the asker; asking again with the same id gives the same answer and takes nothing twice
 * @param slots 1 or more
 * @param leaseMillis how long to hold them unless renewed; 0 for slots that only decay, on a limit with decay
 * @param waitMillis how long to stand in the queue if they are not free; 0 for an answer at once
 * @param siblings other limits that are acquired under the same id
 */
public record AcquireLease(
        String limit,
        UUID leaseId,
        long slots,
        long leaseMillis,
        long waitMillis,
        @Nullable Holder holder,
        List<String> siblings)
        implements LimitCommand {

    public AcquireLease {
        siblings = siblings == null ? List.of() : List.copyOf(siblings);
    }

    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .name("limit", limit)
                .id("leaseId", leaseId)
                .slots(slots)
                .leaseOrNone(leaseMillis)
                .waiting(waitMillis)
                .holder(holder)
                .siblings(siblings)
                .mistakes();
    }
}
