package io.limitledger.gateway.prefect.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Limits and leases in the JSON of the Prefect API. */
public final class LimitJson {
    private static final DateTimeFormatter WHOLE_SECONDS = format("uuuu-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter FRACTIONS = format("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final long MILLIS_PER_SECOND = 1_000;

    private LimitJson() {}

    /**
     * A limit with all its fields.
     *
     * @param activeSlots what is occupied, in whole slots: a slot that has begun to drain is not free yet
     * @param deniedSlots only in the answer to the request that created the limit, as is the average
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Full(
            UUID id,
            String created,
            String updated,
            boolean active,
            String name,
            long limit,
            long activeSlots,
            @Nullable Long deniedSlots,
            double slotDecayPerSecond,
            @Nullable Double avgSlotOccupancySeconds) {}

    /** A limit as a client needs it that takes or returns its slots. */
    public record Minimal(UUID id, String name, long limit) {}

    /**
     * A limit as the routes for tags show it.
     *
     * @param activeSlots the task runs that hold its slots
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record OfTag(
            UUID id, String created, String updated, String tag, long concurrencyLimit, List<UUID> activeSlots) {}

    /** A lease, with the limits on which it was acquired. */
    public record OfLease(@JsonProperty("lease_id") UUID leaseId, List<Minimal> limits) {}

    /** A limit as it is at a time, in epoch milliseconds. */
    public static Full full(Limit limit, long now) {
        return full(limit, now, null, null);
    }

    /** A limit that was just created, with the fields that only this answer has. */
    public static Full created(Limit limit) {
        return full(
                limit,
                limit.decidedAt(),
                limit.demand().deniedSlots(),
                limit.demand().averageOccupancySeconds());
    }

    private static Full full(
            Limit limit, long now, @Nullable Long deniedSlots, @Nullable Double averageOccupancySeconds) {
        return new Full(
                limit.id(),
                timestamp(limit.createdAt()),
                timestamp(limit.updatedAt()),
                limit.definition().active(),
                limit.name(),
                slots(limit),
                wholeSlots(limit.bucketAt(now).levelMicros()),
                deniedSlots,
                limit.definition().slotDecayPerSecond(),
                averageOccupancySeconds);
    }

    /**
     * All slots of a limit: the most that one may have where they are not bounded, because clients expect a number. That is
     * the only thing that this API shows of what else bounds a limit.
     */
    static long slots(Limit limit) {
        return limit.definition().hasLimit() ? limit.definition().limit() : Bounds.SLOTS;
    }

    /** The number of slots that a client wants a limit to have; null where it writes back what it was shown. */
    public static @Nullable Long wanted(@Nullable Long slots, Limit before) {
        boolean isAsShown = slots != null && !before.definition().hasLimit() && slots == Bounds.SLOTS;
        return isAsShown ? null : slots;
    }

    /** A number of slots, rounded up. */
    public static long wholeSlots(long micros) {
        return -Math.floorDiv(-micros, Bucket.MICROS);
    }

    /**
     * A limit as a client needs it that takes or returns its slots.
     *
     * @param name the one by which the client knows it
     */
    public static Minimal minimal(String name, Limit limit) {
        return new Minimal(limit.id(), name, slots(limit));
    }

    public static List<Minimal> minimal(List<Limit> limits) {
        return limits.stream().map(limit -> minimal(limit.name(), limit)).toList();
    }

    public static OfTag ofTag(Limit limit, String tag, List<UUID> taskRuns) {
        return new OfTag(
                limit.id(), timestamp(limit.createdAt()), timestamp(limit.updatedAt()), tag, slots(limit), taskRuns);
    }

    public static OfLease ofLease(Lease lease, List<Limit> limits) {
        return new OfLease(lease.leaseId(), minimal(limits));
    }

    /** As the reference writes times: RFC 3339 in UTC, with six digits of a second or none. */
    private static String timestamp(long epochMillis) {
        Instant time = Instant.ofEpochMilli(epochMillis);
        return (epochMillis % MILLIS_PER_SECOND == 0 ? WHOLE_SECONDS : FRACTIONS).format(time);
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
    }
}
