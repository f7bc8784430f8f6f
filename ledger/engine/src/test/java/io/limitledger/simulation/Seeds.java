package io.limitledger.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * The seeds to run: {@code -Dsimulation.seeds=100000 -Dsimulation.seed=1} sets how many, and the first. A failing seed
 * is run again with {@code -Dsimulation.seed=... -Dsimulation.seeds=1}.
 */
final class Seeds {
    private static final long FIRST = Long.getLong("simulation.seed", 1);
    private static final int COUNT = Integer.getInteger("simulation.seeds", 500);

    /**
     * Further seeds tried when no single log reproduces a violation, since a run that fails sooner is easier to read.
     */
    private static final int TRIED_FOR_AN_EARLIER_VIOLATION = 300;

    private Seeds() {}

    static LongStream all() {
        return LongStream.range(FIRST, FIRST + COUNT);
    }

    /** Fails with the first violation, reported for the seed that shows it soonest. */
    static void holdAll(Parts parts, Supplier<List<Invariant>> invariants) {
        all().forEach(seed -> Finding.in(seed, parts, invariants).ifPresent(found -> {
            throw simplest(seed, found, parts, invariants).failure();
        }));
    }

    private static Finding simplest(long seed, Finding found, Parts parts, Supplier<List<Invariant>> invariants) {
        if (found.shortestLog().isPresent()) {
            return found;
        }
        return LongStream.range(seed, seed + TRIED_FOR_AN_EARLIER_VIOLATION)
                .mapToObj(other -> Finding.in(other, parts, invariants))
                .flatMap(Optional::stream)
                .filter(other ->
                        other.violation().invariant().equals(found.violation().invariant()))
                .min(Comparator.comparingInt(Finding::entries))
                .orElse(found);
    }
}
