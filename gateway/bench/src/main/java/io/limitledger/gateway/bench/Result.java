package io.limitledger.gateway.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** All rounds of a contest. Each number that is quoted is the median of its rounds; so is each ratio, round by round. */
public record Result(String what, Load load, List<Round> rounds) {
    public Result {
        rounds = List.copyOf(rounds);
    }

    public double median(ToDoubleFunction<Round> number) {
        double[] sorted = rounds.stream().mapToDouble(number).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
