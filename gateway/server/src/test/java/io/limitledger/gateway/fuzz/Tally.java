package io.limitledger.gateway.fuzz;

import java.util.Map;
import java.util.TreeMap;

/** How often each status was answered. */
final class Tally {
    private final Map<Integer, Integer> statuses = new TreeMap<>();

    void add(int status) {
        statuses.merge(status, 1, Integer::sum);
    }

    void add(Tally other) {
        other.statuses.forEach((status, times) -> statuses.merge(status, times, Integer::sum));
    }

    Map<Integer, Integer> statuses() {
        return statuses;
    }
}
