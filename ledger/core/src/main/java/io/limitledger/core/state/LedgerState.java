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

    /** The time of what needs not be waited for. */
    long AT_ONCE = 0;

    LeaseClock leaseClock();

    /** How far the partition's time has come, by what is stored: epoch milliseconds, 0 where nothing is stored. */
    long reachedAt();

    /** Whether any lease is held on any limit. */
    boolean holdsLeases();

    @Nullable
    Limit limit(String name);

    /** Whether a limit of this id, after this many moves, was in the partition and no longer is. */
    boolean isRetired(Retired retired);

    /** The highest fence of limits that had come from another partition, and are no longer here. */
    long fenceOfRemoved();

    /** What a key of a limit uses; null if nothing is recorded of it. */
    @Nullable
    KeyUse keyUse(String limit, String key);

    /** How many keys of a limit have a record. */
    long keys(String limit);

    /** All keys of a limit that have a record. Not for rules that run on every command. */
    Iterable<KeyUse> keyUses(String limit);

    /** The key that will be idle first, or is so already, and with which no one waits; null if there is no such key. */
    @Nullable
    KeyUse firstIdleKey(String limit);

    /** The keys that will be idle first, or are so already, in that order. */
    Iterable<KeyUse> idleKeys(String limit, int atMost);

    /** The name of the first limit, in order of names, on which the id holds or waits. */
    @Nullable
    String limitOf(UUID leaseId);

    /** The name of the first limit that remembers slots without a lease under the id. */
    @Nullable
    String limitOfSpend(UUID leaseId);

    @Nullable
    Lease firstToExpire(String limit);

    /** When the first lease expires, in epoch milliseconds, or {@link #NEVER}. */
    long firstExpiryAt(String limit);

    /**
     * The waiter whose turn it is. On a limit with keys: of those whose key's own bounds have room at a time.
     *
     * @param at epoch milliseconds; not before the time of an earlier question, unless the limit has changed since
     */
    @Nullable
    Waiter firstInQueue(String limit, long at);

    /** When the next key has room of its own whose waiters wait for that, in epoch milliseconds, or {@link #NEVER}. */
    long firstRoomOfKeyAt(String limit);

    /** Whether a claim that comes now would be the first in the queue, by the same measure. */
    boolean isFirst(Waiter newcomer, long virtualTime, long at);

    /** How many wait in a group of a limit, see {@link Claim#group}. Only where keys have a say. */
    long waitingInGroup(String limit, String group);

    /** The waiter of a group that came first. Takes longer the more there are. */
    @Nullable
    Waiter oldestOfGroup(String limit, String group);

    /** The waiter that came first, whatever the order of the queue. */
    @Nullable
    Waiter oldest(String limit);

    /** The smallest virtual time among the groups that wait; null if none does. */
    @Nullable
    Long leastVirtualTime(String limit);

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
