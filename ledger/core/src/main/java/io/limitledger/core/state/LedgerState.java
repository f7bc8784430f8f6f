package io.limitledger.core.state;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the rules may read: everything that is remembered of the limits of one partition. Each question is answered in
 * O(1) or O(log n), whatever the number of limits, leases and waiters.
 */
public interface LedgerState extends LeaseRecords {
    /** The time of something that never happens, in epoch milliseconds. */
    long NEVER = Long.MAX_VALUE;

    LeaseClock leaseClock();

    /** How far the partition's time has come, by what is stored: epoch milliseconds, 0 where nothing is stored. */
    long reachedAt();

    /** Whether any lease is held on any limit. */
    boolean holdsLeases();

    @Nullable
    Limit limit(String name);

    /** Whether a limit of this id, after this many moves, was in the partition and no longer is. */
    boolean isRetired(Retired retired);

    /** The name of the first limit, in order of names, on which the id holds or waits. */
    @Nullable
    String limitOf(UUID leaseId);

    @Nullable
    Lease firstToExpire(String limit);

    /** When the first lease expires, in epoch milliseconds, or {@link #NEVER}. */
    long firstExpiryAt(String limit);

    @Nullable
    Waiter firstInQueue(String limit);

    @Nullable
    Waiter firstToGiveUp(String limit);

    /** When the first waiter gives up, in epoch milliseconds, or {@link #NEVER}. */
    long firstGiveUpAt(String limit);

    /** End time of the oldest ended lease that is still remembered, in epoch milliseconds, or {@link #NEVER}. */
    long firstEndedAt(String limit);

    /** All leases of a limit, in order of expiry. Not for rules that run on every command. */
    Iterable<Lease> leases(String limit);

    /** All waiters of a limit, by position in the queue. Not for rules that run on every command. */
    Iterable<Waiter> waiters(String limit);
}
