package io.limitledger.gateway.faults.proof;

/**
 * The period from a fault until all processes were healthy again.
 *
 * @param fromMillis epoch milliseconds
 * @param untilMillis epoch milliseconds
 */
public record Disturbance(String what, long fromMillis, long untilMillis) {
    boolean overlaps(long from, long until) {
        return fromMillis <= until && from <= untilMillis;
    }
}
