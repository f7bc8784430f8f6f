package io.limitledger.core.state;

/**
 * A time from which on the clocks of a zone have another offset.
 *
 * @param at epoch milliseconds
 * @param offsetSeconds by how much they are ahead of UTC; negative in the west
 */
public record OffsetChange(long at, int offsetSeconds) {}
