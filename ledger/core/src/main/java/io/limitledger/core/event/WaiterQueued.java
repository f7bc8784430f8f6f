package io.limitledger.core.event;

import io.limitledger.core.state.Reservations;
import io.limitledger.core.state.Waiter;
import org.jspecify.annotations.Nullable;

/** An acquire is in the queue, or its client has asked again and gets the outcome. */
public record WaiterQueued(Waiter waiter, @Nullable Reservations reservations) implements Fact {}
