package io.limitledger.gateway.http.v1;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import io.limitledger.gateway.view.LimitsView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limit in JSON.
 *
 * @param occupied exact, what has decayed by now taken off
 * @param available the most slots that one request would be granted at once
 * @param waitingSince when the first in the queue began to wait; null if the queue is empty or unknown
 */
record LimitBody(
        String name,
        UUID id,
        long limit,
        BigDecimal slotDecayPerSecond,
        boolean active,
        BigDecimal occupied,
        long available,
        long leases,
        long waiting,
        @Nullable Instant waitingSince,
        Instant createdAt,
        Instant updatedAt) {

    private static final int MICRO_DECIMALS = 6;

    /** As the view has it. */
    static LimitBody of(Limit limit, LimitsView view, long now) {
        Waiter first = view.waiters(limit.name(), QueueCursor.FRONT.mark(), 1).stream()
                .findFirst()
                .orElse(null);
        return of(limit, first, now);
    }

    /**
     * As it is known otherwise.
     *
     * @param first in the queue
     * @param now epoch milliseconds; before the limit's last decision it counts as that
     */
    static LimitBody of(Limit limit, @Nullable Waiter first, long now) {
        Definition definition = limit.definition();
        Bucket bucket = limit.bucketAt(now);
        return new LimitBody(
                limit.name(),
                limit.id(),
                definition.limit(),
                BigDecimal.valueOf(definition.slotDecayPerSecond()).stripTrailingZeros(),
                definition.active(),
                slots(bucket),
                available(limit, bucket),
                limit.leases(),
                limit.waiting(),
                first == null ? null : Instant.ofEpochMilli(first.since()),
                Instant.ofEpochMilli(limit.createdAt()),
                Instant.ofEpochMilli(limit.updatedAt()));
    }

    private static BigDecimal slots(Bucket bucket) {
        return BigDecimal.valueOf(bucket.levelMicros(), MICRO_DECIMALS).stripTrailingZeros();
    }

    /** Waiters are not overtaken, however much is free. */
    private static long available(Limit limit, Bucket bucket) {
        Definition definition = limit.definition();
        if (limit.waiting() > 0) {
            return 0;
        }
        if (!definition.active()) {
            return definition.limit();
        }
        BigDecimal free = BigDecimal.valueOf(definition.limit()).subtract(slots(bucket));
        return free.max(BigDecimal.ZERO).setScale(0, RoundingMode.FLOOR).longValueExact();
    }
}
