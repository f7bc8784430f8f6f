package io.limitledger.core.state;

import org.jspecify.annotations.Nullable;

/**
 * What one key of a limit uses. It comes into being with the first grant that names the key, or with an override, and is
 * removed when it is idle: a key that has no record uses nothing.
 *
 * @param limit name of the limit
 * @param key as acquires name it; {@link #WITHOUT_KEY} for those that name none, where the queue is fair
 * @param bucket what it occupies
 * @param held slots of its leases, whatever has drained of them
 * @param leases number of its leases
 * @param virtualTime how much it has been served, on a limit with a fair queue
 */
public record KeyUse(
        String limit,
        String key,
        Bucket bucket,
        Windows windows,
        long held,
        long leases,
        long virtualTime,
        @Nullable KeyOverride override) {
    /** The group of the claims without a key. No key is empty. */
    public static final String WITHOUT_KEY = "";

    /**
     * Of a key that uses nothing.
     *
     * @param offset of the command by which it comes into being
     */
    public static KeyUse none(String limit, String key, KeyBounds bounds, long at, long offset) {
        Windows windows = Windows.begun(bounds.quotas(), offset);
        return new KeyUse(limit, key, Bucket.empty(at), windows, 0, 0, 0, null);
    }

    /**
     * What a key uses at a time: nothing once it is idle, record or no record. As long as someone waits with it, it keeps its
     * virtual time.
     *
     * @param offset of the command by which it comes into being if it uses nothing
     */
    public static KeyUse of(String key, Limit limit, LedgerState state, Windows.Now at, long offset) {
        KeyUse use = state.keyUse(limit.name(), key);
        Definition definition = limit.definition();
        if (use != null && !use.isIdle(definition.boundsOf(use.override()), at)) {
            return use;
        }
        KeyUse none = none(limit.name(), key, definition.boundsOf(null), at.at(), offset);
        return use != null && state.waitingInGroup(limit.name(), key) > 0
                ? none.withVirtualTime(use.virtualTime())
                : none;
    }

    public boolean isIdle(KeyBounds bounds, Windows.Now at) {
        return idleAt(bounds, at.aheadMillis()) <= at.at();
    }

    /** From when on this many slots fit under the key's bounds, as of {@link Limit#fitsAt}. */
    public long fitsAt(long slots, KeyBounds bounds, long aheadMillis) {
        long fitsAt = bucket.fitsAt(slots, bounds.limit(), bounds.decayNanosPerSecond());
        return Math.max(fitsAt, windows.fitsAt(slots, bounds.quotas(), aheadMillis));
    }

    public Bucket bucketAt(long now, KeyBounds bounds) {
        return bucket.settledAt(now, bounds.decayNanosPerSecond());
    }

    /**
     * From when on it is idle if nothing else happens, by the partition's time in epoch milliseconds; {@link LedgerState#NEVER}
     * while a lease holds, and for a key with an override.
     */
    public long idleAt(KeyBounds bounds, long aheadMillis) {
        if (leases > 0 || override != null) {
            return LedgerState.NEVER;
        }
        return Math.max(bucket.emptyAt(bounds.decayNanosPerSecond()), windows.emptyAt(bounds.quotas(), aheadMillis));
    }

    /** With what a lease took when it started, or slots without a lease. */
    public KeyUse taking(Lease lease, KeyBounds bounds, Windows.Now at) {
        Spend spend = lease.spend();
        if (spend == null) {
            return this;
        }
        Bucket now = bucketAt(at.at(), bounds);
        boolean isLeased = lease.leaseMillis() > 0;
        Bucket filled = isLeased ? now.withLeasedMicros(spend.keyMicros()) : now.withUnleasedMicros(spend.keyMicros());
        return new KeyUse(
                limit,
                key,
                filled,
                windows.with(spend.keyWindows(), bounds.quotas(), at),
                held + (isLeased ? lease.usedSlots() : 0),
                leases + (isLeased ? 1 : 0),
                virtualTime,
                override);
    }

    /** Without a lease that has ended. */
    public KeyUse without(Lease lease, KeyBounds bounds, long at) {
        Spend spend = lease.spend();
        if (spend == null) {
            return this;
        }
        Bucket now = bucketAt(at, bounds);
        long freed = now.undecayedMicros(spend.keyMicros(), spend.keyDrainMark());
        return new KeyUse(
                limit, key, now.without(freed), windows, held - lease.usedSlots(), leases - 1, virtualTime, override);
    }

    /** With another number of slots used under a lease, or of slots without one. */
    public KeyUse settled(Lease before, Lease after, KeyBounds bounds, Windows.Now at) {
        Spend was = before.spend();
        Spend is = after.spend();
        if (was == null || is == null) {
            return this;
        }
        Bucket settled = bucketAt(at.at(), bounds)
                .settledTo(was.keyMicros(), is.keyMicros(), was.keyDrainMark(), before.leaseMillis() > 0);
        Windows rest = windows.without(was.keyWindows()).with(is.keyWindows(), bounds.quotas(), at);
        long more = before.leaseMillis() > 0 ? after.usedSlots() - before.usedSlots() : 0;
        return new KeyUse(limit, key, settled, rest, held + more, leases, virtualTime, override);
    }

    public KeyUse with(Windows windows) {
        return new KeyUse(limit, key, bucket, windows, held, leases, virtualTime, override);
    }

    public KeyUse with(Bucket bucket) {
        return new KeyUse(limit, key, bucket, windows, held, leases, virtualTime, override);
    }

    public KeyUse with(@Nullable KeyOverride override) {
        return new KeyUse(limit, key, bucket, windows, held, leases, virtualTime, override);
    }

    public KeyUse withVirtualTime(long virtualTime) {
        return new KeyUse(limit, key, bucket, windows, held, leases, virtualTime, override);
    }

    /** On another limit, which this one has become. */
    public KeyUse movedTo(String newName) {
        return new KeyUse(newName, key, bucket, windows, held, leases, virtualTime, override);
    }

    /** With all its times later by this much, or earlier where that is negative: by another clock. */
    public KeyUse laterBy(long millis, KeyBounds bounds) {
        return millis == 0
                ? this
                : new KeyUse(
                        limit,
                        key,
                        bucket.laterBy(millis),
                        windows.laterBy(millis, bounds.quotas()),
                        held,
                        leases,
                        virtualTime,
                        override);
    }
}
