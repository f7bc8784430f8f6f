package io.limitledger.core.event;

import io.limitledger.core.state.Reservations;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A waiter left the queue without slots.
 *
 * @param waitedMillis how long it stood in the queue; null in events from before this was noted
 * @param reservations what remains promised to the others
 */
public record WaiterLeft(
        UUID leaseId,
        Reason reason,
        @Nullable Long waitedMillis,
        @Nullable Reservations reservations) implements Fact {
    /** Why it left. */
    public enum Reason {
        CANCELLED,
        TIMED_OUT,
        /** Its asker did not take up what it was handed before, and so is taken to be no more. */
        ABANDONED,
        /** The limit was lowered below what it asks for. */
        CAN_NEVER_FIT,
        /** It asks for slots without a lease, and the limit has ceased to decay. */
        LEASE_REQUIRED
    }
}
