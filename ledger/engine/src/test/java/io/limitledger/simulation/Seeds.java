package io.limitledger.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * How many seeds are tried, and from which on: {@code -Dsimulation.seeds=100000 -Dsimulation.seed=1}. A seed that fails is
 * tried again with {@code -Dsimulation.seed=... -Dsimulation.seeds=1}.
 */
final class Seeds {
    private static final long FIRST = Long.getLong("simulation.seed", 1);
    private static final int COUNT = Integer.getInteger("simulation.seeds", 3_000);

    /** Where a failure does not lie in the log, one that comes sooner is easier to read; so many more are tried for it. */
    private static final int TRIED_FOR_A_SHORTER = 300;

    private Seeds() {}

    static LongStream all() {
        return LongStream.range(FIRST, FIRST + COUNT);
    }

    /** Fails with the first violation there is, told by whichever seed shows it soonest. */
    static void holdAll(Parts parts, Supplier<List<Invariant>> invariants) {
        all().forEach(seed -> Finding.in(seed, parts, invariants).ifPresent(found -> {
            throw simplest(seed, found, parts, invariants).failure();
        }));
    }

    private static Finding simplest(long seed, Finding found, Parts parts, Supplier<List<Invariant>> invariants) {
        if (found.shortestLog().isPresent()) {
            return found;
        }
        return LongStream.range(seed, seed + TRIED_FOR_A_SHORTER)
                .mapToObj(other -> Finding.in(other, parts, invariants))
                .flatMap(Optional::stream)
                .filter(other ->
                        other.violation().invariant().equals(found.violation().invariant()))
                .min(Comparator.comparingInt(Finding::entries))
                .orElse(found);
    }
}
