package io.limitledger.gateway.http.v1;

import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Period;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Window;
import io.limitledger.core.state.Windows;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.view.KeyInView;
import io.limitledger.gateway.view.LimitsView;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers {@code RateLimit-Policy} and {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers) of answers to acquires:
 * what a limit with decay or quotas allows, and what of it is left: as this gateway sees it when it answers, and with what is
 * granted by this answer. They are hints, which may lag by the last grants to others; the ledger alone decides.
 *
 * <p>A policy for each bound: {@code limit} for a decay, {@code quota-0} for the first quota; and {@code key}, {@code
 * key-quota-0} for those of the key that was asked for.
 */
record RateLimitHeaders(LimitsView view, Clock clock) {
    static final String POLICY = "RateLimit-Policy";
    static final String LEFT = "RateLimit";

    HttpAnswer on(HttpAnswer answer, Reply reply) {
        if (reply instanceof Granted granted) {
            return on(answer, granted.lease().limit(), granted.lease());
        }
        return reply instanceof Denied denied ? on(answer, denied.limit(), null) : answer;
    }

    private HttpAnswer on(HttpAnswer answer, String name, @Nullable Lease granted) {
        Limit limit = view.limit(name);
        String key = granted == null ? null : granted.claim().key();
        if (limit == null || !limit.definition().active() || !hasRates(limit.definition())) {
            return answer;
        }
        Policies policies = new Policies(clock.millis(), granted == null ? 0 : unseen(granted, limit));
        policies.add("", limit);
        if (key != null && limit.definition().perKey() != null) {
            policies.add("key", limit, view.key(name, key));
        }
        return policies.on(answer);
    }

    /** The slots of a grant that the view has not seen yet. */
    private static long unseen(Lease granted, Limit limit) {
        Long fence = granted.fence();
        return fence != null && fence > limit.progress().fence() ? granted.slots() : 0;
    }

    private static boolean hasRates(Definition definition) {
        KeyBounds perKey = definition.perKey();
        return definition.decays()
                || !definition.quotas().isEmpty()
                || (perKey != null && (perKey.decays() || !perKey.quotas().isEmpty()));
    }

    /** The items of both headers. */
    private static final class Policies {
        private static final long MILLIS = 1_000;

        private final long now;
        /** Slots that were taken, and that the view has not seen yet. */
        private final long unseen;

        private final List<String> policies = new ArrayList<>();
        private final List<String> left = new ArrayList<>();

        Policies(long now, long unseen) {
            this.now = now;
            this.unseen = unseen;
        }

        void add(String prefix, Limit limit) {
            Definition definition = limit.definition();
            addDecay("limit", definition.limit(), definition.decayNanosPerSecond(), limit.bucketAt(now));
            addQuotas(prefix, definition.quotas(), limit.usage().windows());
        }

        void add(String prefix, Limit limit, KeyInView key) {
            KeyBounds bounds = key.bounds(limit);
            KeyUse used = key.use(limit, now);
            addDecay(prefix, bounds.limit(), bounds.decayNanosPerSecond(), used.bucketAt(now, bounds));
            addQuotas(prefix + "-", bounds.quotas(), used.windows());
        }

        /** A bucket that drains: its size, and how long it takes to drain once it is full. */
        private void addDecay(String name, long limit, long decayNanosPerSecond, Bucket seen) {
            if (decayNanosPerSecond == 0 || limit == 0) {
                return;
            }
            long windowMillis =
                    new Bucket(limit * Bucket.MICROS, 0, 0, 0, now).millisUntilFits(limit, limit, decayNanosPerSecond);
            Bucket bucket = seen.withLeased(unseen);
            long free = Math.max(0, -bucket.missingMicros(0, limit) / Bucket.MICROS);
            policies.add(item(name) + ";q=" + limit + ";w=" + seconds(windowMillis));
            left.add(item(name) + ";r=" + free + ";t="
                    + seconds(bucket.millisUntilFits(limit, limit, decayNanosPerSecond)));
        }

        private void addQuotas(String prefix, List<Quota> quotas, Windows windows) {
            List<Window> all =
                    windows.settledAt(quotas, new Windows.Now(now, 0)).all();
            for (int index = 0; index < quotas.size(); index++) {
                Quota quota = quotas.get(index);
                Window window = all.isEmpty() ? Window.EMPTY : all.get(index);
                String name = item(prefix + "quota-" + index);
                policies.add(name + ";q=" + quota.slots() + window(quota.period()));
                left.add(name + ";r=" + Math.max(0, quota.slots() - window.taken() - unseen)
                        + reset(quota.period(), window));
            }
        }

        /** Months differ in length, so they have none. */
        private static String window(Period period) {
            if (period instanceof SlidingPeriod sliding) {
                return ";w=" + sliding.seconds();
            }
            return switch (((CalendarPeriod) period).unit()) {
                case MINUTE -> ";w=60";
                case HOUR -> ";w=3600";
                case DAY -> ";w=86400";
                case WEEK -> ";w=604800";
                case MONTH -> "";
            };
        }

        /** When the next slots return; nothing where none were taken of a sliding period. */
        private String reset(Period period, Window window) {
            boolean isSeen = window.size() > 0;
            if (!isSeen && unseen == 0 && !period.isCalendar()) {
                return "";
            }
            long end = isSeen ? window.slice(0).until() : period.stretchEnd(now);
            return ";t=" + seconds(period.returnsAt(end) - now);
        }

        private static String item(String name) {
            return '"' + name + '"';
        }

        private static long seconds(long millis) {
            return Math.max(0, -Math.floorDiv(-millis, MILLIS));
        }

        HttpAnswer on(HttpAnswer answer) {
            if (policies.isEmpty()) {
                return answer;
            }
            Map<String, String> headers = new HashMap<>(answer.headers());
            headers.put(POLICY, String.join(", ", policies));
            headers.put(LEFT, String.join(", ", left));
            return new HttpAnswer(answer.status(), answer.body(), headers);
        }
    }
}
