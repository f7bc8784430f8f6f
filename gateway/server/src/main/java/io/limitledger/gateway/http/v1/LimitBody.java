package io.limitledger.gateway.http.v1;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Waiter;
import io.limitledger.gateway.events.LimitTrends;
import io.limitledger.gateway.events.TrendSpan;
import io.limitledger.gateway.http.HttpJson;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.wire.Words;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limit in JSON.
 *
 * @param limit null if what is occupied is not bounded
 * @param quotas with what counts against each; null if there are none
 * @param perKey null if keys are not bounded
 * @param order null for first come, first served
 * @param maxWaiting null for as many as one limit may have
 * @param whenFull null if a newcomer is refused
 * @param occupied exact, what has decayed by now taken off
 * @param available the most slots that one request would be granted at once; null if nothing bounds it
 * @param keys how many are in use; null if there are none, and where that is not known
 * @param waitingSince when the first in the queue began to wait; null if the queue is empty or unknown
 * @param lastEvent number of its last event; null where only a change is answered
 * @param lastMinute null where only a change is answered
 * @param occupiedLastHour the most that was occupied in each two minutes, the oldest first; null where it is not asked for
 */
record LimitBody(
        String name,
        UUID id,
        @Nullable Long limit,
        BigDecimal slotDecayPerSecond,
        boolean active,
        @Nullable List<QuotaBody> quotas,
        @Nullable KeyBoundsBody perKey,
        @Nullable String order,
        @Nullable Long maxWaiting,
        @Nullable String whenFull,
        BigDecimal occupied,
        @Nullable Long available,
        long leases,
        @Nullable Long keys,
        long waiting,
        @Nullable Instant waitingSince,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Long lastEvent,
        LimitTrends.@Nullable LastMinute lastMinute,
        @Nullable List<@Nullable BigDecimal> occupiedLastHour) {

    /** As the view has it, with what was decided within the last minute. */
    static LimitBody of(Limit limit, LimitsView view, LimitTrends trends, long now) {
        return of(limit, view, now).with(limit.number(), trends.lastMinute(limit.name()), null);
    }

    /** The same, with what was occupied in the last hour. */
    static LimitBody withLastHour(Limit limit, LimitsView view, LimitTrends trends, long now) {
        List<@Nullable BigDecimal> lastHour =
                TrendBody.coarse(trends.series(limit.name(), TrendSpan.HOUR).occupiedMicros());
        return of(limit, view, now).with(limit.number(), trends.lastMinute(limit.name()), lastHour);
    }

    private LimitBody with(
            long lastEvent, LimitTrends.LastMinute lastMinute, @Nullable List<@Nullable BigDecimal> lastHour) {
        return new LimitBody(
                name,
                id,
                limit,
                slotDecayPerSecond,
                active,
                quotas,
                perKey,
                order,
                maxWaiting,
                whenFull,
                occupied,
                available,
                leases,
                keys,
                waiting,
                waitingSince,
                createdAt,
                updatedAt,
                lastEvent,
                lastMinute,
                lastHour);
    }

    /** What one must know of a definition to change it without undoing another's change: the same for the same definition. */
    String tag() {
        return Tags.of(HttpJson.write(
                new Defined(id, limit, slotDecayPerSecond, active, bare(quotas), perKey, order, maxWaiting, whenFull)));
    }

    private record Defined(
            UUID id,
            @Nullable Long limit,
            BigDecimal slotDecayPerSecond,
            boolean active,
            @Nullable List<QuotaBody> quotas,
            @Nullable KeyBoundsBody perKey,
            @Nullable String order,
            @Nullable Long maxWaiting,
            @Nullable String whenFull) {}

    private static @Nullable List<QuotaBody> bare(@Nullable List<QuotaBody> quotas) {
        return quotas == null
                ? null
                : quotas.stream().map(QuotaBody::definition).toList();
    }

    private static LimitBody of(Limit limit, LimitsView view, long now) {
        Waiter first = view.waiters(limit.name(), QueueCursor.FRONT.mark(), 1).stream()
                .findFirst()
                .orElse(null);
        boolean isBlocked = limit.waiting() > 0
                && (!limit.definition().isKeyed() || Queue.of(limit, view, now).isBlocked());
        return of(limit, first, isBlocked, view.keys(limit.name()), now);
    }

    /**
     * As it is known otherwise.
     *
     * @param first in the queue
     * @param now epoch milliseconds; before the limit's last decision it counts as that
     */
    static LimitBody of(Limit limit, @Nullable Waiter first, long now) {
        return of(limit, first, limit.waiting() > 0, 0, now);
    }

    private static LimitBody of(Limit limit, @Nullable Waiter first, boolean isBlocked, long keys, long now) {
        Definition definition = limit.definition();
        Queueing queueing = definition.queueing();
        Bucket bucket = limit.bucketAt(now);
        return new LimitBody(
                limit.name(),
                limit.id(),
                definition.hasLimit() ? definition.limit() : null,
                BigDecimal.valueOf(definition.slotDecayPerSecond()).stripTrailingZeros(),
                definition.active(),
                QuotaBody.of(definition.quotas(), limit.usage().windows(), now),
                KeyBoundsBody.of(definition.perKey()),
                definition.isFair() ? Words.of(queueing.order()) : null,
                queueing.maxWaiting(),
                queueing.replacesOldest() ? Words.of(queueing.whenFull()) : null,
                Slots.of(bucket),
                isBlocked ? Long.valueOf(0) : available(limit, bucket, now),
                limit.leases(),
                keys == 0 ? null : keys,
                limit.waiting(),
                first == null ? null : Instant.ofEpochMilli(first.since()),
                Instant.ofEpochMilli(limit.createdAt()),
                Instant.ofEpochMilli(limit.updatedAt()),
                null,
                null,
                null);
    }

    private static @Nullable Long available(Limit limit, Bucket bucket, long now) {
        Definition definition = limit.definition();
        if (!definition.active()) {
            return definition.hasLimit() ? definition.limit() : null;
        }
        return Slots.available(
                definition.limit(), bucket, definition.quotas(), limit.usage().windows(), now);
    }
}
