package io.limitledger.core.state;

/**
 * Slots that were taken in one stretch of time, and count against a quota until they return.
 *
 * @param until epoch milliseconds at which the stretch ends
 * @param slots more than 0
 */
public record Slice(long until, long slots) {}
