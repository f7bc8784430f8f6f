package io.limitledger.gateway.bench;

import org.HdrHistogram.Histogram;

/** What one measurement found. An operation is a command, a request, or whatever the contest says. */
public record Figures(long operations, double opsPerSecond, double p50Millis, double p99Millis, double maxMillis) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    /** @param latencies in nanoseconds */
    static Figures of(Histogram latencies, long tookNanos) {
        long operations = latencies.getTotalCount();
        return new Figures(
                operations,
                operations * NANOS_PER_SECOND / tookNanos,
                latencies.getValueAtPercentile(50) / NANOS_PER_MILLI,
                latencies.getValueAtPercentile(99) / NANOS_PER_MILLI,
                latencies.getMaxValue() / NANOS_PER_MILLI);
    }
}
