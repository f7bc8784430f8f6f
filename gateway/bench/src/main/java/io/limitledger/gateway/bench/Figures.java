package io.limitledger.gateway.bench;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one measurement found. An operation is a command, a request, or whatever the contest says.
 *
 * @param cpuMicros work of this process for each operation, on all cores together. It hardly depends on what else the
 *     machine does, and on a busy machine it is what bounds the throughput
 * @param turns where a slot went round; null elsewhere
 * @param unserved where operations begin at a given rate; null elsewhere
 */
public record Figures(
        long operations,
        double opsPerSecond,
        double p50Millis,
        double p99Millis,
        double maxMillis,
        double cpuMicros,
        @Nullable Turns turns,
        @Nullable Unserved unserved) {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    /** @param latencies in nanoseconds */
    static Figures of(Histogram latencies, Stopwatch stopwatch) {
        long operations = latencies.getTotalCount();
        return new Figures(
                operations,
                operations * NANOS_PER_SECOND / stopwatch.nanos(),
                latencies.getValueAtPercentile(50) / NANOS_PER_MILLI,
                latencies.getValueAtPercentile(99) / NANOS_PER_MILLI,
                latencies.getMaxValue() / NANOS_PER_MILLI,
                operations == 0 ? 0 : stopwatch.cpuNanos() / NANOS_PER_MICRO / operations,
                null,
                null);
    }

    Figures with(Turns turns) {
        return new Figures(operations, opsPerSecond, p50Millis, p99Millis, maxMillis, cpuMicros, turns, unserved);
    }

    Figures with(Unserved unserved) {
        return new Figures(operations, opsPerSecond, p50Millis, p99Millis, maxMillis, cpuMicros, turns, unserved);
    }

    Figures withOpsPerSecond(double opsPerSecond) {
        return new Figures(operations, opsPerSecond, p50Millis, p99Millis, maxMillis, cpuMicros, turns, unserved);
    }
}
