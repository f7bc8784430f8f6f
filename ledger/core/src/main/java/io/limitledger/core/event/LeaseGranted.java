package io.limitledger.core.event;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Lease;

/**
 * Slots were handed to a holder. With {@code leaseMillis} 0 nobody holds them: they were spent, and only decay.
 *
 * @param waitedMillis how long it stood in the queue
 */
public record LeaseGranted(Lease lease, long waitedMillis, Bucket bucket) implements Fact {}
