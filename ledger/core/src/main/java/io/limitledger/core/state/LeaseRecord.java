package io.limitledger.core.state;

import java.util.UUID;

/**
 * What is kept of a lease id on a limit: that it waits, that it holds, or that it has ended. Never more than one of these,
 * so that a change from one to the next is one write.
 */
public sealed interface LeaseRecord permits Waiter, Lease, EndedLease {
    UUID leaseId();

    /** Name of the limit. */
    String limit();
}
