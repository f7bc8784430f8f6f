package io.limitledger.gateway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Whether the figures of a run say something about the ledger. */
public final class Verdict {
    /** Above this share the machine's other work decides how fast a side is; the ratios jump by more than they differ. */
    private static final double MOST_OTHER_WORK = 0.25;

    private static final double PERCENT = 100;

    private Verdict() {}

    /** Why the run is void, a line each; empty if it is not. */
    public static List<String> reasonsAgainst(List<Result> results) {
        List<String> reasons = new ArrayList<>();
        double otherWork = results.stream()
                .flatMap(result -> result.rounds().stream())
                .mapToDouble(Round::otherWork)
                .max()
                .orElse(0);
        if (otherWork > MOST_OTHER_WORK) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "other processes had up to %.0f %% of the processors' time in a round; measure on an idle machine",
                    PERCENT * otherWork));
        }
        for (Result result : results) {
            long empty = result.rounds().stream()
                    .flatMap(round -> Stream.of(round.subject(), round.floor()))
                    .filter(figures -> figures.operations() == 0)
                    .count();
            if (empty > 0) {
                reasons.add(result.what() + " at " + result.load() + ": in " + empty
                        + " turns no operation ended; give it longer turns (--seconds) or ask for less");
            }
        }
        return reasons;
    }

    /** For people: below the table. */
    public static String inWords(List<Result> results) {
        StringBuilder words = new StringBuilder();
        reasonsAgainst(results)
                .forEach(reason -> words.append("VOID: ").append(reason).append('\n'));
        return words.toString();
    }
}
