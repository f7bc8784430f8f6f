package io.limitledger.simulation;

import io.limitledger.core.law.LogText;
import io.limitledger.core.law.Shrink;
import io.limitledger.core.rule.LogEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A violation with what is needed to understand it: the seed, and the shortest log that reproduces it. If no single log
 * reproduces it, the fault is in the clients, and the complete logs up to the violation are shown instead.
 */
final class Finding {
    private final long seed;
    private final Violation violation;
    private final Parts parts;
    private final Supplier<List<Invariant>> invariants;
    private final List<List<LogEntry>> logs;

    private Finding(
            long seed,
            Violation violation,
            Parts parts,
            Supplier<List<Invariant>> invariants,
            List<List<LogEntry>> logs) {
        this.seed = seed;
        this.violation = violation;
        this.parts = parts;
        this.invariants = invariants;
        this.logs = logs;
    }

    /** Runs a seed; empty if no invariant is violated. */
    static Optional<Finding> in(long seed, Parts parts, Supplier<List<Invariant>> invariants) {
        Simulation simulation = new Simulation(seed, parts, invariants.get());
        try {
            simulation.run();
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.of(new Finding(seed, violation, parts, invariants, logs(simulation)));
        } catch (RuntimeException failure) {
            Violation violation = new Violation("NothingIsThrown", failure);
            return Optional.of(new Finding(seed, violation, parts, invariants, logs(simulation)));
        }
    }

    private static List<List<LogEntry>> logs(Simulation simulation) {
        return simulation.cluster().partitions().stream()
                .map(partition -> List.copyOf(partition.log()))
                .toList();
    }

    Violation violation() {
        return violation;
    }

    /** Number of entries in all logs up to the violation. */
    int entries() {
        return logs.stream().mapToInt(List::size).sum();
    }

    /** The shortest log that reproduces the violation by itself. */
    Optional<List<LogEntry>> shortestLog() {
        return logs.stream().filter(this::reproduces).findFirst().map(log -> Shrink.toShortest(log, this::reproduces));
    }

    /** Whether deciding this log violates the same invariant. */
    private boolean reproduces(List<LogEntry> log) {
        return violationIn(log)
                .filter(found -> found.invariant().equals(violation.invariant()))
                .isPresent();
    }

    private Optional<Violation> violationIn(List<LogEntry> log) {
        Referee referee = new Referee(parts, invariants.get());
        try {
            log.forEach(referee::decide);
            return Optional.empty();
        } catch (Violation found) {
            return Optional.of(found);
        } catch (RuntimeException failure) {
            return Optional.of(new Violation("NothingIsThrown", failure));
        }
    }

    AssertionError failure() {
        return new AssertionError(toString(), violation);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("seed " + seed + ", " + violation.getMessage());
        Optional<List<LogEntry>> shortest = shortestLog();
        if (shortest.isPresent()) {
            violationIn(shortest.get())
                    .ifPresent(found ->
                            text.append("\nShortest log, which reproduces ").append(found.getMessage()));
            return text.append(LogText.of(shortest.get())).toString();
        }
        for (int partition = 0; partition < logs.size(); partition++) {
            text.append("\nLog of partition ").append(partition).append(LogText.of(logs.get(partition)));
        }
        return text.toString();
    }
}
