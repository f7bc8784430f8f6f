package io.limitledger.core.command;

import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Claiming;
import io.limitledger.core.state.Holder;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ask for slots. Asking again with the same lease id gives the same answer and takes nothing twice.
 *
 * @param claim what is asked for; without a lease only on a limit with decay
 * @param waitMillis how long to wait in the queue if the slots are not free; 0 for an answer at once
 * @param takeUpMillis if it had to wait: how soon the client will confirm the lease that it is handed, which ends otherwise.
 *     So slots that are handed to a client that has died come back soon. Null for a lease of {@code leaseMillis} at once
 * @param check only say whether it would be granted at once; nothing is taken, and nothing waits
 */
public record AcquireLease(
        Claim claim, long waitMillis, @Nullable Long takeUpMillis, boolean check) implements LimitCommand, Claiming {
    public AcquireLease(Claim claim, long waitMillis, @Nullable Long takeUpMillis) {
        this(claim, waitMillis, takeUpMillis, false);
    }

    /** One whose lease need not be confirmed. */
    public AcquireLease(
            String limit,
            UUID leaseId,
            long slots,
            long leaseMillis,
            long waitMillis,
            @Nullable Holder holder,
            List<String> siblings) {
        this(new Claim(leaseId, limit, slots, leaseMillis, holder, siblings), waitMillis, null);
    }

    public AcquireLease takenUpWithin(long takeUpMillis) {
        return new AcquireLease(claim, waitMillis, takeUpMillis, check);
    }

    /** The same for an owner. */
    public AcquireLease ownedBy(@Nullable String owner) {
        return Objects.equals(owner, claim.owner())
                ? this
                : new AcquireLease(claim.ownedBy(owner), waitMillis, takeUpMillis, check);
    }

    /** The same, as a question. */
    public AcquireLease asCheck() {
        return new AcquireLease(claim, 0, null, true);
    }

    @Override
    public int since() {
        return check || claim.terms() != null ? 3 : 1;
    }

    @Override
    public String limit() {
        return claim.limit();
    }

    @Override
    public UUID leaseId() {
        return claim.leaseId();
    }

    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .name("limit", limit())
                .id("leaseId", leaseId())
                .slots(slots())
                .leaseOrNone(leaseMillis())
                .waiting(waitMillis)
                .takeUp(takeUpMillis)
                .holder(holder())
                .siblings(siblings())
                .terms(claim.terms(), slots())
                .mistakes();
    }
}
