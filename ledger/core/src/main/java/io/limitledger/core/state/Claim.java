package io.limitledger.core.state;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for under one lease id. An acquire asks for it, a waiter waits for it, a lease holds it.
 *
 * @param leaseId chosen by the client
 * @param limit name of the limit
 * @param slots 1 or more
 * @param leaseMillis how long they are held unless renewed; 0 for slots without a lease
 * @param siblings other limits that are acquired under the same id
 */
public record Claim(
        UUID leaseId,
        String limit,
        long slots,
        long leaseMillis,
        @Nullable Holder holder,
        List<String> siblings) {
    public Claim {
        siblings = siblings == null ? List.of() : List.copyOf(siblings);
    }

    /** On another limit, which this one has become. */
    public Claim movedTo(String newName) {
        return new Claim(leaseId, newName, slots, leaseMillis, holder, siblings);
    }

    Claim heldBy(@Nullable Holder holder) {
        return new Claim(leaseId, limit, slots, leaseMillis, holder, siblings);
    }

    /** Whether a later claim under the same id is a repeat of this one. A claim without a holder may have got one since. */
    public boolean isRepeatedBy(Claim later) {
        return slots == later.slots
                && leaseMillis == later.leaseMillis
                && (later.holder == null || later.holder.equals(holder));
    }
}
