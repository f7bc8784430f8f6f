package io.limitledger.gateway.bench;

import java.util.List;
import java.util.Set;

/**
 * How long and how often to measure.
 *
 * @param over the ways to ask that are measured
 * @param inFlight numbers of operations under way at a time, each measured by itself
 * @param seconds for each measurement
 * @param warmUpSeconds for each side before it is measured first: on few cores the compiler needs long
 * @param rounds how often the two sides take turns; medians are quoted
 */
public record BenchPlan(Set<Transport> over, List<Integer> inFlight, double seconds, double warmUpSeconds, int rounds) {
    public BenchPlan {
        over = Set.copyOf(over);
        inFlight = List.copyOf(inFlight);
        if (inFlight.isEmpty() || inFlight.stream().anyMatch(number -> number < 1)) {
            throw new IllegalArgumentException("Expected at least 1 in flight, but got " + inFlight);
        }
        if (!(seconds > 0) || !(warmUpSeconds >= 0) || rounds < 1) {
            throw new IllegalArgumentException("Expected to measure for some time, and at least once, but got "
                    + seconds + " s after " + warmUpSeconds + " s, " + rounds + " times");
        }
    }
}
