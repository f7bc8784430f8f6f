package io.limitledger.gateway.cli.demo;

import java.util.List;
import java.util.Random;

/**
 * What a client asks of one limit.
 *
 * @param limit its name in the scene, without a prefix
 * @param slots from and to, both included
 * @param keys one of which the client names each time; empty for none
 */
record Part(String limit, Span slots, List<String> keys) {
    Part(String limit, long slots) {
        this(limit, new Span(slots, slots), List.of());
    }

    /** Keys that come first are named more often, as large customers ask more often than small ones. */
    String key(Random random) {
        double skewed = random.nextDouble() * random.nextDouble();
        return keys.get((int) (skewed * keys.size()));
    }

    /** A range of numbers. */
    record Span(long from, long to) {
        long any(Random random) {
            return from + (long) (random.nextDouble() * (to - from + 1));
        }
    }
}
