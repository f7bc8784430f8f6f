package io.limitledger.core.event;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Lease;

/**
 * Slots were granted. With {@code leaseMillis} 0 no lease owns them: they only decay, or are returned by number.
 *
 * @param waitedMillis how long it waited in the queue; 0 where it did not wait
 */
public record LeaseGranted(Lease lease, long waitedMillis, Bucket bucket) implements Fact {}
