package io.limitledger.holder;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * A way to ask the ledger. Each method asks once; a future that fails means that the outcome is unknown, or that nothing
 * was done: in either case the same may be asked again with the same id.
 */
interface Transport extends AutoCloseable {
    /**
     * Asks for slots, or for what has become of an earlier asking with this id.
     *
     * @param waitMillis what is left of the request's own
     */
    CompletableFuture<TransportOutcome> acquire(AcquireRequest request, UUID leaseId, long waitMillis);

    /** Has the lease last for as long as the request says, from now on: {@link TransportOutcome.Held} or {@link TransportOutcome.Gone}. */
    CompletableFuture<TransportOutcome> renew(AcquireRequest request, UUID leaseId);

    /**
     * Whether the lease can be expected to be held still. False is a reason to renew at once, not yet proof of its end.
     * True where a look would cost as much as a renewal.
     */
    default CompletableFuture<Boolean> isThere(UUID leaseId) {
        return CompletableFuture.completedFuture(true);
    }

    /** Asks whether the slots would be granted now: {@link TransportOutcome.Held} if so. Takes nothing. */
    default CompletableFuture<TransportOutcome> check(AcquireRequest request) {
        throw new UnsupportedOperationException();
    }

    /**
     * Says how many slots were really used: {@link TransportOutcome.Held}, or {@link TransportOutcome.Gone}.
     *
     * @param used by name of the limit
     */
    default CompletableFuture<TransportOutcome> settle(AcquireRequest request, UUID leaseId, Map<String, Long> used) {
        throw new UnsupportedOperationException();
    }

    /**
     * Completes when nothing is held under the id, and nothing will be.
     *
     * @param used how many slots were really used, by name of the limit, where that was said
     */
    CompletableFuture<Void> release(AcquireRequest request, UUID leaseId, Map<String, Long> used);

    /**
     * Whether what is asked from now on is decided behind what has been asked of the same limits; so a release need not be
     * waited for.
     */
    default boolean keepsOrder() {
        return false;
    }

    /** Calls this for each lease that is known to have ended otherwise than by a release, with the reason. It must not block. */
    default void onLost(BiConsumer<UUID, String> action) {}

    @Override
    void close();
}
