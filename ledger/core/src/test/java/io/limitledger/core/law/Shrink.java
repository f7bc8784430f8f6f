package io.limitledger.core.law;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Delta debugging: removes ever smaller pieces of a failing list as long as the rest still fails. */
public final class Shrink {
    private Shrink() {}

    public static <T> List<T> toShortest(List<T> failing, Predicate<List<T>> fails) {
        List<T> shortest = failing;
        int piece = Math.max(1, failing.size() / 2);
        while (true) {
            List<T> shorter = withoutAPiece(shortest, piece, fails);
            if (shorter.size() < shortest.size()) {
                shortest = shorter;
            } else if (piece == 1) {
                return shortest;
            } else {
                piece /= 2;
            }
        }
    }

    private static <T> List<T> withoutAPiece(List<T> failing, int piece, Predicate<List<T>> fails) {
        for (int from = 0; from < failing.size(); from += piece) {
            List<T> rest = new ArrayList<>(failing.subList(0, from));
            rest.addAll(failing.subList(Math.min(failing.size(), from + piece), failing.size()));
            if (fails.test(rest)) {
                return rest;
            }
        }
        return failing;
    }
}
