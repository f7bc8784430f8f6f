package io.limitledger.gateway.faults.proof;

/**
 * A time in the process of the clients.
 *
 * @param nanos of the monotonic clock, by which calls are ordered
 * @param millis of the wall clock, by which brokers on the same machine stamp commands
 */
public record Moment(long nanos, long millis) {
    public static Moment now() {
        return new Moment(System.nanoTime(), System.currentTimeMillis());
    }

    public double secondsSince(Moment earlier) {
        return (nanos - earlier.nanos) / 1e9;
    }
}
