package io.limitledger.core.event;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Demand;
import io.limitledger.core.state.Reservations;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A holder gave its slots back.
 *
 * @param freedMicros micro-slots that came free by it
 */
public record LeaseReleased(
        UUID leaseId,
        long freedMicros,
        Bucket bucket,
        Demand demand,
        @Nullable Reservations reservations) implements Fact {}
