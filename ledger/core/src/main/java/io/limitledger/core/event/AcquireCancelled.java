package io.limitledger.core.event;

import java.util.UUID;

/** A lease id that never held or waited was given up; an acquire with it that arrives later takes nothing. */
public record AcquireCancelled(UUID leaseId) implements Fact {}
