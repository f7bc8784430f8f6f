package io.limitledger.gateway.bench;

/**
 * What came to nothing of what was asked at a given rate.
 *
 * @param refusedPerSecond operations that were turned away, and can be tried again
 * @param unansweredPerSecond operations whose outcome is unknown
 */
public record Unserved(double refusedPerSecond, double unansweredPerSecond) {}
