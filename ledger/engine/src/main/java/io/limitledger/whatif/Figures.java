package io.limitledger.whatif;

import java.util.List;
import java.util.Map;

/**
 * What became of the requests of a span, and how a limit was used in it.
 *
 * @param requests acquires that came in the span, each id once
 * @param granted of these, as far as the span shows
 * @param denied of these, also those that left the queue since they could never fit or made room for others
 * @param gaveUp of these, those that left the queue because their time was over or their client left
 * @param waiting of these, still in the queue at the end
 * @param waits of those that were granted; 0 where slots were free at once
 * @param meanOccupied slots, over time
 * @param peakOccupied slots
 * @param utilisation mean of what is occupied, as a part of the limit; 0 where the limit is not bounded so
 * @param grantedPerHour of slots
 * @param denials how often an acquire was denied; an id may be denied more than once
 * @param expired leases that ended without a release
 * @param curve the span in {@link Span#PARTS} parts
 * @param byKey by the key of the acquire; requests without one are under the empty text
 * @param byHolder by what the holder said of itself, likewise
 */
public record Figures(
        long requests,
        long granted,
        long denied,
        long gaveUp,
        long waiting,
        Waits waits,
        double meanOccupied,
        double peakOccupied,
        double utilisation,
        double grantedPerHour,
        long denials,
        long expired,
        List<Point> curve,
        Map<String, Share> byKey,
        Map<String, Share> byHolder) {

    /** Waits in milliseconds: percentiles by nearest rank, 0 if there is none. */
    public record Waits(double meanMillis, long p50Millis, long p95Millis, long p99Millis, long maxMillis) {}

    /**
     * One part of the span.
     *
     * @param at when it begins, epoch milliseconds
     * @param occupied mean, slots
     * @param waiting mean length of the queue
     * @param granted acquires granted in it
     * @param denied denials in it
     */
    public record Point(long at, double occupied, double waiting, long granted, long denied) {}

    /** Of the requests under one key, or by one holder. */
    public record Share(long requests, long granted, long denied, double meanWaitMillis) {}
}
