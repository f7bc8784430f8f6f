package io.limitledger.gateway.prefect.answer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Limit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limit in JSON.
 *
 * @param activeSlots what is occupied, in whole slots: of one that has begun to drain, nothing is free yet
 * @param deniedSlots only told when a limit is made, as is the average
 */
@JsonNaming(SnakeCaseStrategy.class)
public record LimitBody(
        UUID id,
        String created,
        String updated,
        boolean active,
        String name,
        long limit,
        long activeSlots,
        @Nullable Long deniedSlots,
        double slotDecayPerSecond,
        @Nullable Double avgSlotOccupancySeconds) {

    /** As it stands at a time, in epoch milliseconds. */
    public static LimitBody of(Limit limit, long now) {
        return of(limit, now, null, null);
    }

    /** With what is told of a new limit only. */
    public static LimitBody created(Limit limit) {
        return of(
                limit,
                limit.decidedAt(),
                limit.demand().deniedSlots(),
                limit.demand().averageOccupancySeconds());
    }

    private static LimitBody of(
            Limit limit, long now, @Nullable Long deniedSlots, @Nullable Double averageOccupancySeconds) {
        return new LimitBody(
                limit.id(),
                Timestamp.of(limit.createdAt()),
                Timestamp.of(limit.updatedAt()),
                limit.definition().active(),
                limit.name(),
                limit.definition().limit(),
                wholeSlots(limit.bucketAt(now).levelMicros()),
                deniedSlots,
                limit.definition().slotDecayPerSecond(),
                averageOccupancySeconds);
    }

    /** So many slots, the last of them perhaps in part. */
    public static long wholeSlots(long micros) {
        return -Math.floorDiv(-micros, Bucket.MICROS);
    }
}
