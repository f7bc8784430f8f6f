package io.limitledger.truth;

/**
 * The last event of a partition.
 *
 * @param limit whose event it is
 * @param number in the limit's own order
 * @param hash of the limit's chain up to it
 * @param offset in the events topic
 */
public record LastEvent(String limit, long number, String hash, long offset) {}
