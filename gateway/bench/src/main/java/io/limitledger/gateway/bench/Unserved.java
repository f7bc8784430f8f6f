package io.limitledger.gateway.bench;

/**
 * What came to nothing of what was asked at a given rate.
 *
 * @param refusedPerSecond operations that were turned away, and can be tried again
 * @param unansweredPerSecond operations of which nobody can say what became of them
 */
public record Unserved(double refusedPerSecond, double unansweredPerSecond) {}
