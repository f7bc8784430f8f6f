package io.limitledger.core.event;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Demand;
import io.limitledger.core.state.Reservations;
import org.jspecify.annotations.Nullable;

/**
 * Slots that no lease owned were returned.
 *
 * @param freedMicros micro-slots that came free by it; fewer than asked for if no more were taken
 */
public record SlotsReturned(
        long freedMicros,
        Bucket bucket,
        Demand demand,
        @Nullable Reservations reservations) implements Fact {}
