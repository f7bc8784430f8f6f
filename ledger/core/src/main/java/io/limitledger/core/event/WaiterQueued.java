package io.limitledger.core.event;

import io.limitledger.core.state.Reservations;
import io.limitledger.core.state.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * An acquire is in the queue, or its client has asked again and gets the outcome.
 *
 * @param virtualTime of its key, which begins to wait in a fair queue; null otherwise
 */
public record WaiterQueued(
        Waiter waiter,
        @Nullable Reservations reservations,
        @Nullable Long virtualTime) implements Fact {
    public WaiterQueued(Waiter waiter, @Nullable Reservations reservations) {
        this(waiter, reservations, null);
    }
}
