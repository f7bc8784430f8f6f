package io.limitledger.core.event;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Lease;
import org.jspecify.annotations.Nullable;

/**
 * Slots were granted. With {@code leaseMillis} 0 no lease owns them: they only decay, or are returned by number.
 *
 * @param waitedMillis how long it waited in the queue; 0 where it did not wait
 * @param turn how it counts in a fair queue; null where the queue is not fair
 */
public record LeaseGranted(
        Lease lease,
        long waitedMillis,
        Bucket bucket,
        @Nullable FairTurn turn) implements Fact {
    /** One whose queue is not fair. */
    public LeaseGranted(Lease lease, long waitedMillis, Bucket bucket) {
        this(lease, waitedMillis, bucket, null);
    }

    /**
     * The virtual time of a key, see {@link io.limitledger.core.state.KeyUse}.
     *
     * @param from before the grant
     * @param to after it
     */
    public record FairTurn(long from, long to) {}
}
