package io.limitledger.gateway.bench;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Results for people: ratios first, since the rest depends on the machine. */
public final class ResultTable {
    private static final double PERCENT = 100;

    private ResultTable() {}

    public static String of(List<Result> results) {
        return results.stream()
                .map(ResultTable::line)
                .collect(Collectors.joining("\n", titles() + "\n" + head() + "\n", "\n"));
    }

    /** A line for each result in which a slot went round; empty without such results. */
    public static String ofTurns(List<Result> results) {
        return results.stream()
                .filter(result -> result.rounds().get(0).subject().turns() != null)
                .map(ResultTable::turns)
                .collect(Collectors.joining());
    }

    private static String turns(Result result) {
        return String.format(
                Locale.ROOT,
                "%s: slot in use %.0f %% of the time, no client more than %.1f turns from a fair share%n",
                result.what(),
                PERCENT * result.median(round -> turns(round).inUse()),
                result.rounds().stream()
                        .mapToDouble(round -> turns(round).fromFairShare())
                        .max()
                        .orElseThrow());
    }

    private static Turns turns(Round round) {
        return Objects.requireNonNull(round.subject().turns());
    }

    /** A line for each result of operations that began at a given rate; empty without such results. */
    public static String ofUnserved(List<Result> results) {
        return results.stream()
                .filter(result -> result.rounds().get(0).subject().unserved() != null)
                .map(result -> result.what() + " at " + result.load() + ": " + served(result, Round::subject)
                        + "; floor: " + served(result, Round::floor) + "\n")
                .collect(Collectors.joining());
    }

    private static String served(Result result, Function<Round, Figures> side) {
        return String.format(
                Locale.ROOT,
                "%.0f/s granted, %.0f/s refused, %.0f/s unanswered",
                result.median(round -> side.apply(round).opsPerSecond()),
                result.median(round -> unserved(side.apply(round)).refusedPerSecond()),
                result.median(round -> unserved(side.apply(round)).unansweredPerSecond()));
    }

    private static Unserved unserved(Figures figures) {
        return Objects.requireNonNull(figures.unserved());
    }

    /** One line about starts, of which there is at least one. */
    public static String ofStarts(List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "start to first grant: %.2f s (%.2f to %.2f in %d starts)%n",
                sorted.get(sorted.size() / 2),
                sorted.get(0),
                sorted.get(sorted.size() - 1),
                sorted.size());
    }

    private static String titles() {
        return "%-30s %8s | %-31s | %-32s | %s".formatted("", "in", "subject : floor", "subject", "floor");
    }

    private static String head() {
        String side = "%8s %7s %7s %7s".formatted("ops/s", "p50 ms", "p99 ms", "cpu us");
        return "%-30s %8s | %7s %7s %7s %7s | ".formatted("what", "flight", "p50", "p99", "ops/s", "cpu") + side + " | "
                + side;
    }

    private static String line(Result result) {
        return String.format(
                Locale.ROOT,
                "%-30s %8s | %7s %7s %7s %7s | %s | %s",
                result.what(),
                result.load(),
                ratio(result.median(Round::p50Ratio)),
                ratio(result.median(Round::p99Ratio)),
                ratio(result.median(Round::throughputRatio)),
                ratio(result.median(Round::cpuRatio)),
                side(result, Round::subject),
                side(result, Round::floor));
    }

    /** Undefined where one side did nothing. */
    private static String ratio(double ratio) {
        return Double.isFinite(ratio) && ratio > 0 ? String.format(Locale.ROOT, "%.2f", ratio) : "-";
    }

    private static String side(Result result, Function<Round, Figures> side) {
        return String.format(
                Locale.ROOT,
                "%8.0f %7.2f %7.2f %7.0f",
                result.median(round -> side.apply(round).opsPerSecond()),
                result.median(round -> side.apply(round).p50Millis()),
                result.median(round -> side.apply(round).p99Millis()),
                result.median(round -> side.apply(round).cpuMicros()));
    }
}
