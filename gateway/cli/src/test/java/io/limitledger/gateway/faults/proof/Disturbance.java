package io.limitledger.gateway.faults.proof;

/**
 * A time in which something was killed or paused, until all was well again.
 *
 * @param fromMillis epoch milliseconds
 * @param untilMillis epoch milliseconds
 */
public record Disturbance(String what, long fromMillis, long untilMillis) {
    boolean touches(long from, long until) {
        return fromMillis <= until && from <= untilMillis;
    }
}
