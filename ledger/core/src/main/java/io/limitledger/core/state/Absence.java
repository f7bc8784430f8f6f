package io.limitledger.core.state;

/**
 * A time in which the ledger was away.
 *
 * @param from epoch milliseconds; from then on heartbeats were missing
 * @param to epoch milliseconds of the first heartbeat after it
 */
public record Absence(long from, long to) {
    long millis() {
        return to - from;
    }

    /** How much of it is between two times. */
    long millisWithin(long after, long until) {
        return Math.max(0, Math.min(to, until) - Math.max(from, after));
    }

    /** One with the same end that is as long as this and an earlier one together. */
    Absence with(Absence earlier) {
        return new Absence(from - earlier.millis(), to);
    }
}
