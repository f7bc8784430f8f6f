package io.limitledger.core.event;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Reservations;
import org.jspecify.annotations.Nullable;

/**
 * It is known how many slots a lease has really used, or slots without a lease.
 *
 * @param lease as it is charged from now on
 * @param freedMicros micro-slots that came free by it; less than 0 if it used more than it was charged with before
 */
public record LeaseSettled(
        Lease lease,
        long freedMicros,
        Bucket bucket,
        @Nullable Reservations reservations) implements Fact {}
