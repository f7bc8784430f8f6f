package io.limitledger.gateway.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.wire.LedgerJson;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How each limit fared in the last hour and the last day: grants and denials counted from the events, what is occupied and who
 * waits looked up once a second for the limits on which something happened. Kept in memory only; after a restart the counts go
 * as far back as the newest events, which the gateway reads again, and the rest begins anew.
 */
public final class LimitTrends implements AutoCloseable {
    /**
     * For all limits together, at 56 bytes each. A limit that is always busy has 648 of them, so some 600 such limits are kept
     * whole, and tens of thousands that are used now and then. Beyond that, those that have been quiet for longest go first.
     */
    private static final int MOST_BUCKETS = 400_000;

    private static final long SAMPLE_MILLIS = 1_000;
    private static final long MINUTE_MILLIS = 60_000;

    private final LimitsView view;
    private final Clock clock;
    private final int mostBuckets;
    private final long since;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(LimitTrends::daemon);

    /** The one that has been quiet for longest comes first. */
    private final Map<String, Trend> trends = new LinkedHashMap<>();

    private final Set<String> touched = new HashSet<>();
    private int buckets;

    /** What was decided about acquires within the last minute. */
    public record LastMinute(long granted, long denied) {}

    private LimitTrends(LimitsView view, Clock clock, int mostBuckets) {
        this.view = view;
        this.clock = clock;
        this.mostBuckets = mostBuckets;
        this.since = clock.millis();
    }

    /** Begins to count what is added to the tail, and to look at the view once a second. */
    public static LimitTrends start(EventTail tail, LimitsView view, Clock clock) {
        LimitTrends trends = following(tail, view, clock);
        var unused = trends.thread.scheduleWithFixedDelay(
                trends::sample, SAMPLE_MILLIS, SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
        return trends;
    }

    /** The same, but looks at the view only when {@link #sample} is called. */
    public static LimitTrends following(EventTail tail, LimitsView view, Clock clock) {
        return following(tail, view, clock, MOST_BUCKETS);
    }

    static LimitTrends following(EventTail tail, LimitsView view, Clock clock, int mostBuckets) {
        LimitTrends trends = new LimitTrends(view, clock, mostBuckets);
        tail.onAdd(trends::note);
        return trends;
    }

    private synchronized void note(KeptEvent event) {
        touched.add(event.limit());
        Moment moment = Moment.of(event.json());
        if (moment != null && (moment.isGrant() || moment.isDenial())) {
            long at = Math.min(moment.at, clock.millis());
            change(event.limit(), trend -> trend.count(at, moment.isGrant() ? 1 : 0, moment.isDenial() ? 1 : 0));
        }
    }

    /** Looks up what is occupied and who waits, of limits on which something happened since it was called last. */
    public void sample() {
        for (String name : takeTouched()) {
            Limit limit = view.limit(name);
            long now = clock.millis();
            if (limit == null) {
                forget(name);
            } else {
                long occupiedMicros = limit.bucketAt(now).levelMicros();
                long waiting = limit.waiting();
                sample(name, trend -> trend.sample(now, occupiedMicros, waiting));
                if (limit.definition().slotDecayPerSecond() > 0 && occupiedMicros > 0) {
                    // It drains by itself, without events.
                    touch(name);
                }
            }
        }
    }

    private synchronized List<String> takeTouched() {
        List<String> names = List.copyOf(touched);
        touched.clear();
        return names;
    }

    private synchronized void touch(String name) {
        touched.add(name);
    }

    private synchronized void forget(String name) {
        Trend trend = trends.remove(name);
        buckets -= trend == null ? 0 : trend.size();
    }

    private synchronized void sample(String name, TrendChange change) {
        change(name, change);
    }

    private interface TrendChange {
        void applyTo(Trend trend);
    }

    private void change(String name, TrendChange change) {
        Trend known = trends.remove(name);
        Trend trend = known == null ? new Trend() : known;
        trends.put(name, trend);
        int before = trend.size();
        change.applyTo(trend);
        buckets += trend.size() - before;
        while (buckets > mostBuckets && trends.size() > 1) {
            forget(trends.keySet().iterator().next());
        }
    }

    /** Grants and denials of the last minute, to within ten seconds. */
    public synchronized LastMinute lastMinute(String limit) {
        Trend trend = trends.get(limit);
        return trend == null ? new LastMinute(0, 0) : trend.since(clock.millis() - MINUTE_MILLIS);
    }

    /** The last hour or day of a limit; one on which nothing happened is unknown throughout. */
    public synchronized TrendSeries series(String limit, TrendSpan span) {
        Trend trend = trends.get(limit);
        return (trend == null ? new Trend() : trend).series(span, clock.millis());
    }

    /** Epoch milliseconds from which on occupied slots and waiters are known. */
    public long since() {
        return since;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "limit-trends");
        thread.setDaemon(true);
        return thread;
    }

    /** Type and time of an event; its fact is not read. */
    private record Moment(String type, long at) {
        boolean isGrant() {
            return type.equals("LeaseGranted");
        }

        boolean isDenial() {
            return type.equals("LeaseDenied");
        }

        static @Nullable Moment of(byte[] event) {
            String type = null;
            Instant at = null;
            try (JsonParser json = LedgerJson.PUBLIC.createParser(event)) {
                json.nextToken();
                while ((type == null || at == null) && json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    json.nextToken();
                    if (field.equals("type")) {
                        type = json.getText();
                    } else if (field.equals("at")) {
                        at = Instant.parse(json.getText());
                    } else {
                        json.skipChildren();
                    }
                }
            } catch (IOException | DateTimeException e) {
                // Others may write to the topic; what is no event of ours is not counted.
                return null;
            }
            return type == null || at == null ? null : new Moment(type, at.toEpochMilli());
        }
    }
}
