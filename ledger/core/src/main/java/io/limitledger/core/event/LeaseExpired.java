package io.limitledger.core.event;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Demand;
import io.limitledger.core.state.Reservations;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lease came to its end without being released.
 *
 * @param expiresAt epoch milliseconds at which it was due; the event's own time says when it was noticed
 * @param freedMicros micro-slots that came free by it
 * @param refunded true if what it took returns to the quotas; null if not
 */
public record LeaseExpired(
        UUID leaseId,
        long expiresAt,
        long freedMicros,
        Bucket bucket,
        Demand demand,
        @Nullable Reservations reservations,
        @Nullable Boolean refunded)
        implements Fact {
    public LeaseExpired(
            UUID leaseId,
            long expiresAt,
            long freedMicros,
            Bucket bucket,
            Demand demand,
            @Nullable Reservations reservations) {
        this(leaseId, expiresAt, freedMicros, bucket, demand, reservations, null);
    }
}
