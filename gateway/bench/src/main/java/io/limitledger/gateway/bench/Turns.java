package io.limitledger.gateway.bench;

import java.util.Collection;

/**
 * How a slot went round among clients that all want it all the time.
 *
 * @param inUse share of the time in which a client worked with it, from 0 to 1
 * @param fromFairShare how many turns the client that did worst, or best, is away from what each should have had
 */
public record Turns(double inUse, double fromFairShare) {
    static Turns of(double inUse, Collection<Long> turns) {
        double fair = turns.stream().mapToLong(Long::longValue).average().orElse(0);
        double farthest =
                turns.stream().mapToDouble(each -> Math.abs(each - fair)).max().orElse(0);
        return new Turns(inUse, farthest);
    }
}
