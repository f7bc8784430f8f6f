package io.limitledger.core.law;

import io.limitledger.core.rule.LogEntry;
import java.util.List;
import java.util.Optional;

/**
 * Checks a law against many random logs. A failure names its seed and the shortest log that reproduces it. {@code
 * -Dlaws.seeds=100000} runs more seeds.
 */
final class Laws {
    private static final int SEEDS = Integer.getInteger("laws.seeds", 200);
    private static final int ENTRIES = 60;

    private Laws() {}

    /** Checks a law on limits that bound what is occupied, and on those that say more. */
    static void holdWithModel(Mix mix, Law law) {
        hold(mix, law);
        hold(mix.modelled(), law);
    }

    static void hold(Mix mix, Law law) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            List<LogEntry> log = RandomLog.of(seed, mix, ENTRIES);
            if (failure(law, log).isPresent()) {
                throw violation(
                        seed,
                        Shrink.toShortest(log, shorter -> failure(law, shorter).isPresent()),
                        law);
            }
        }
    }

    private static Optional<Throwable> failure(Law law, List<LogEntry> log) {
        try {
            law.check(log);
            return Optional.empty();
        } catch (AssertionError | RuntimeException failure) {
            return Optional.of(failure);
        }
    }

    private static AssertionError violation(long seed, List<LogEntry> log, Law law) {
        Throwable failure = failure(law, log).orElseThrow();
        return new AssertionError("seed " + seed + ", shortest log:" + LogText.of(log) + "\n" + failure, failure);
    }

    /** A property of every log; {@code check} throws if a log violates it. */
    @FunctionalInterface
    interface Law {
        void check(List<LogEntry> log);
    }
}
