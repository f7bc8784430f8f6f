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
 * @param takeUpMillis if it had to wait: how soon the asker will renew the lease that it is handed, which ends otherwise.
 *     So slots handed to an asker that is no more come back soon. Null for a lease of {@code leaseMillis} at once
 * @param siblings other limits that are acquired under the same id
 */
public record AcquireLease(
        String limit,
        UUID leaseId,
        long slots,
        long leaseMillis,
        long waitMillis,
        @Nullable Long takeUpMillis,
        @Nullable Holder holder,
        List<String> siblings)
        implements LimitCommand {

    public AcquireLease {
        siblings = siblings == null ? List.of() : List.copyOf(siblings);
    }

    /** One whose lease need not be taken up. */
    public AcquireLease(
            String limit,
            UUID leaseId,
            long slots,
            long leaseMillis,
            long waitMillis,
            @Nullable Holder holder,
            List<String> siblings) {
        this(limit, leaseId, slots, leaseMillis, waitMillis, null, holder, siblings);
    }

    public AcquireLease takenUpWithin(long takeUpMillis) {
        return new AcquireLease(limit, leaseId, slots, leaseMillis, waitMillis, takeUpMillis, holder, siblings);
    }

    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .name("limit", limit)
                .id("leaseId", leaseId)
                .slots(slots)
                .leaseOrNone(leaseMillis)
                .waiting(waitMillis)
                .takeUp(takeUpMillis)
                .holder(holder)
                .siblings(siblings)
                .mistakes();
    }
}
