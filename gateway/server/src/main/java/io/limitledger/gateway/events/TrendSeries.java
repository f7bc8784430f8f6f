package io.limitledger.gateway.events;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trend without gaps, the oldest bucket first; all lists are of one length.
 *
 * @param start of the first bucket, in epoch milliseconds
 * @param occupiedMicros the most that was occupied in each bucket, in micro-slots; null where that is not known
 * @param waiting the most that waited in each bucket; null where that is not known
 */
public record TrendSeries(
        long start,
        long bucketMillis,
        List<@Nullable Long> occupiedMicros,
        List<@Nullable Long> waiting,
        List<Long> granted,
        List<Long> denied) {

    static TrendSeries empty(long start, long bucketMillis) {
        return new TrendSeries(
                start, bucketMillis, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
}
