package io.limitledger.simulation;

import io.limitledger.core.law.Shrink;
import io.limitledger.core.law.Story;
import io.limitledger.core.rule.LogEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A violation, with what is needed to understand it: the seed, and the shortest log in which it still shows. Where no log
 * shows it by itself, it is one of those who ask, and the logs are told as far as they had come.
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

    /** Runs a seed; empty if all goes well. */
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

    /** Entries of all logs before it was found. */
    int entries() {
        return logs.stream().mapToInt(List::size).sum();
    }

    /** The shortest log that shows it by itself. */
    Optional<List<LogEntry>> shortestLog() {
        return logs.stream().filter(this::shows).findFirst().map(log -> Shrink.toShortest(log, this::shows));
    }

    /** Whether the same invariant is violated by deciding this log. */
    private boolean shows(List<LogEntry> log) {
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
                    .ifPresent(
                            found -> text.append("\nShortest log, which shows ").append(found.getMessage()));
            return text.append(Story.of(shortest.get())).toString();
        }
        for (int partition = 0; partition < logs.size(); partition++) {
            text.append("\nLog of partition ").append(partition).append(Story.of(logs.get(partition)));
        }
        return text.toString();
    }
}
