package io.limitledger.core.event;

/** The limit, its leases and its queue are no more. The last event of this limit. */
public record LimitDeleted() implements Fact {}
