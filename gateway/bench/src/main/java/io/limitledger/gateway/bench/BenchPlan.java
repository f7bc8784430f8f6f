package io.limitledger.gateway.bench;

import java.util.List;
import java.util.Set;

/**
 * How long and how often to measure.
 *
 * @param over the ways to ask that are measured
 * @param loads how much is asked, all of one kind; each is measured by itself
 * @param seconds for each measurement
 * @param warmUpSeconds for each side before it is measured first: on few cores the compiler needs long
 * @param rounds how often the two sides take turns; medians are quoted
 * @param backlog commands that lie in the log when a ledger starts on it
 */
public record BenchPlan(
        Set<BenchTransport> over, List<Load> loads, double seconds, double warmUpSeconds, int rounds, int backlog) {
    public BenchPlan {
        over = Set.copyOf(over);
        loads = List.copyOf(loads);
        if (loads.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one number of operations, but got none");
        }
        if (!(seconds > 0) || !(warmUpSeconds >= 0) || rounds < 1) {
            throw new IllegalArgumentException("Expected to measure for some time, and at least once, but got "
                    + seconds + " s after " + warmUpSeconds + " s, " + rounds + " times");
        }
        if (backlog < 2) {
            throw new IllegalArgumentException("Expected a backlog of at least 2 commands, but got " + backlog);
        }
    }
}
