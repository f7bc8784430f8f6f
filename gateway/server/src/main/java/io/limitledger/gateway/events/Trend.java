package io.limitledger.gateway.events;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How one limit fared: for each span the buckets in which something happened, in order of time. Guarded by {@link LimitTrends}. */
final class Trend {
    private static final long UNKNOWN = -1;

    private final Map<TrendSpan, Deque<Bucket>> spans = new EnumMap<>(TrendSpan.class);

    private static final class Bucket {
        final long index;
        long mostMicros;
        long lastMicros;
        int mostWaiting;
        int lastWaiting;
        int granted;
        int denied;

        /** @param before what was the case when it began; null if that is not known */
        Bucket(long index, @Nullable Bucket before) {
            this.index = index;
            this.lastMicros = before == null ? UNKNOWN : before.lastMicros;
            this.mostMicros = lastMicros;
            this.lastWaiting = before == null ? (int) UNKNOWN : before.lastWaiting;
            this.mostWaiting = lastWaiting;
        }
    }

    Trend() {
        for (TrendSpan span : TrendSpan.values()) {
            spans.put(span, new ArrayDeque<>());
        }
    }

    private Deque<Bucket> buckets(TrendSpan span) {
        return Objects.requireNonNull(spans.get(span));
    }

    int size() {
        return spans.values().stream().mapToInt(Deque::size).sum();
    }

    void count(long at, int granted, int denied) {
        for (TrendSpan span : TrendSpan.values()) {
            Bucket bucket = bucket(span, at);
            bucket.granted += granted;
            bucket.denied += denied;
        }
    }

    void sample(long at, long occupiedMicros, long waiting) {
        for (TrendSpan span : TrendSpan.values()) {
            Bucket bucket = bucket(span, at);
            bucket.lastMicros = occupiedMicros;
            bucket.mostMicros = Math.max(bucket.mostMicros, occupiedMicros);
            bucket.lastWaiting = (int) waiting;
            bucket.mostWaiting = Math.max(bucket.mostWaiting, bucket.lastWaiting);
        }
    }

    /** The one of this time; a time before the newest counts as that. Drops those that are too old. */
    private Bucket bucket(TrendSpan span, long at) {
        Deque<Bucket> buckets = buckets(span);
        Bucket newest = buckets.peekLast();
        long index = at / span.bucketMillis();
        if (newest == null || index > newest.index) {
            newest = new Bucket(index, newest);
            buckets.addLast(newest);
        }
        // The first may be older: it says what was the case when the span began.
        while (buckets.size() > span.buckets()) {
            buckets.removeFirst();
        }
        return newest;
    }

    LimitTrends.LastMinute since(long start) {
        long granted = 0;
        long denied = 0;
        Iterator<Bucket> newestFirst = buckets(TrendSpan.HOUR).descendingIterator();
        while (newestFirst.hasNext()) {
            Bucket bucket = newestFirst.next();
            if (bucket.index * TrendSpan.HOUR.bucketMillis() < start) {
                break;
            }
            granted += bucket.granted;
            denied += bucket.denied;
        }
        return new LimitTrends.LastMinute(granted, denied);
    }

    TrendSeries series(TrendSpan span, long now) {
        long last = now / span.bucketMillis();
        long first = last - span.buckets() + 1;
        TrendSeries series = TrendSeries.empty(first * span.bucketMillis(), span.bucketMillis());
        Iterator<Bucket> known = buckets(span).iterator();
        Bucket next = known.hasNext() ? known.next() : null;
        Bucket before = null;
        for (long index = first; index <= last; index++) {
            while (next != null && next.index < index) {
                before = next;
                next = known.hasNext() ? known.next() : null;
            }
            boolean isIn = next != null && next.index == index;
            add(isIn ? Objects.requireNonNull(next) : new Bucket(index, before), series);
        }
        return series;
    }

    private static void add(Bucket bucket, TrendSeries series) {
        series.occupiedMicros().add(bucket.mostMicros == UNKNOWN ? null : bucket.mostMicros);
        series.waiting().add(bucket.mostWaiting == UNKNOWN ? null : (long) bucket.mostWaiting);
        series.granted().add((long) bucket.granted);
        series.denied().add((long) bucket.denied);
    }
}
