package io.limitledger.core.state;

/**
 * How many slots may be taken within a time. What is taken counts whether it is held or released: only time gives it back, or
 * a settlement.
 *
 * @param slots 1 to {@link Bounds#SLOTS}
 */
public record Quota(long slots, Period period) {}
