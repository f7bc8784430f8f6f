package io.limitledger.gateway.faults.proof;

/**
 * When something happened in the process of the clients.
 *
 * @param nanos of the clock that never runs backwards, by which calls are put in order
 * @param millis of the clock on the wall, which the brokers of the same machine stamp commands by
 */
public record Moment(long nanos, long millis) {
    public static Moment now() {
        return new Moment(System.nanoTime(), System.currentTimeMillis());
    }

    public double secondsSince(Moment earlier) {
        return (nanos - earlier.nanos) / 1e9;
    }
}
