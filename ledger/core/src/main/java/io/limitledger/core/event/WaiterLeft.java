package io.limitledger.core.event;

import io.limitledger.core.state.Reservations;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A waiter left the queue without slots.
 *
 * @param waitedMillis how long it was in the queue; null in events from before this was recorded
 * @param reservations what is still promised to the others
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
        /** Its client did not confirm what it was granted before, and so is presumed dead. */
        ABANDONED,
        /** The queue was full, and a newer one took its position. */
        REPLACED,
        /** The limit was lowered below what it asks for. */
        CAN_NEVER_FIT,
        /** It asks for slots without a lease, and the limit has ceased to decay. */
        LEASE_REQUIRED
    }
}
