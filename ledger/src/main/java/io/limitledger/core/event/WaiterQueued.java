package io.limitledger.core.event;

import io.limitledger.core.state.Waiter;

/** An acquire stands in the queue. */
public record WaiterQueued(Waiter waiter) implements Fact {}
