package io.limitledger.core.event;

import io.limitledger.core.state.Reservations;
import io.limitledger.core.state.Waiter;
import org.jspecify.annotations.Nullable;

/** An acquire stands in the queue. */
public record WaiterQueued(Waiter waiter, @Nullable Reservations reservations) implements Fact {}
