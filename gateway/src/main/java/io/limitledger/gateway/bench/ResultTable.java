package io.limitledger.gateway.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results for people: ratios first, since the rest depends on the machine. */
public final class ResultTable {
    private ResultTable() {}

    public static String of(List<Result> results) {
        return results.stream()
                .map(ResultTable::line)
                .collect(Collectors.joining("\n", titles() + "\n" + head() + "\n", "\n"));
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
        return "%-34s %6s | %-25s | %-25s | %s".formatted("", "in", "subject : floor", "subject", "floor");
    }

    private static String head() {
        return "%-34s %6s | %7s %7s %9s | %9s %7s %7s | %9s %7s %7s"
                .formatted(
                        "what", "flight", "p50", "p99", "ops/s", "ops/s", "p50 ms", "p99 ms", "ops/s", "p50 ms",
                        "p99 ms");
    }

    private static String line(Result result) {
        return String.format(
                Locale.ROOT,
                "%-34s %6d | %7.2f %7.2f %9.2f | %9.0f %7.2f %7.2f | %9.0f %7.2f %7.2f",
                result.what(),
                result.inFlight(),
                result.median(Round::p50Ratio),
                result.median(Round::p99Ratio),
                result.median(Round::throughputRatio),
                result.median(round -> round.subject().opsPerSecond()),
                result.median(round -> round.subject().p50Millis()),
                result.median(round -> round.subject().p99Millis()),
                result.median(round -> round.floor().opsPerSecond()),
                result.median(round -> round.floor().p50Millis()),
                result.median(round -> round.floor().p99Millis()));
    }
}
