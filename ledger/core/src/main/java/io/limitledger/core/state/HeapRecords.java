package io.limitledger.core.state;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records in plain maps: for tests, simulation and audit. */
public final class HeapRecords implements Records {
    private final NavigableMap<String, Limit> limits = new TreeMap<>();
    private final Map<Key, LeaseRecord> leases = new HashMap<>();
    private final Map<KeyOfLimit, KeyUse> keys = new HashMap<>();

    private Removals removals = Removals.NONE;
    private LeaseClock leaseClock = LeaseClock.RESTING;

    private record Key(String limit, UUID leaseId) {}

    private record KeyOfLimit(String limit, String key) {}

    @Override
    public LeaseClock leaseClock() {
        return leaseClock;
    }

    @Override
    public @Nullable Limit limit(String name) {
        return limits.get(name);
    }

    @Override
    public @Nullable LeaseRecord leaseRecord(String limit, UUID leaseId) {
        return leases.get(new Key(limit, leaseId));
    }

    @Override
    public void put(LeaseClock clock) {
        leaseClock = clock;
    }

    @Override
    public void put(Limit limit) {
        limits.put(limit.name(), limit);
    }

    @Override
    public void put(LeaseRecord lease) {
        leases.put(new Key(lease.limit(), lease.leaseId()), lease);
    }

    @Override
    public void removeLease(String limit, UUID leaseId) {
        leases.remove(new Key(limit, leaseId));
    }

    @Override
    public @Nullable KeyUse keyUse(String limit, String key) {
        return keys.get(new KeyOfLimit(limit, key));
    }

    @Override
    public void put(KeyUse use) {
        keys.put(new KeyOfLimit(use.limit(), use.key()), use);
    }

    @Override
    public void removeKey(String limit, String key) {
        keys.remove(new KeyOfLimit(limit, key));
    }

    @Override
    public long fenceOfRemoved() {
        return removals.fence();
    }

    @Override
    public void removeLimit(Limit limit, long offset) {
        limits.remove(limit.name());
        removals = removals.with(limit, offset);
    }

    @Override
    public boolean isRetired(Retired retired) {
        return removals.retired().contains(retired);
    }

    public void put(Removals removals) {
        this.removals = removals;
    }

    /** The last removals of limits. */
    public Removals removals() {
        return removals;
    }

    @Override
    public void forEach(Consumer<Limit> eachLimit, Consumer<LeaseRecord> eachLease, Consumer<KeyUse> eachKey) {
        limits.values().forEach(eachLimit);
        leases.values().forEach(eachLease);
        keys.values().forEach(eachKey);
    }

    /** The same records in other maps. */
    public HeapRecords copy() {
        HeapRecords copy = new HeapRecords();
        copy.limits.putAll(limits);
        copy.leases.putAll(leases);
        copy.keys.putAll(keys);
        copy.removals = removals;
        copy.leaseClock = leaseClock;
        return copy;
    }

    /** All limits by name. */
    public NavigableMap<String, Limit> limits() {
        return Collections.unmodifiableNavigableMap(limits);
    }

    /** Whether nothing at all is remembered: where everything is done and deleted, it must be. */
    public boolean isEmpty() {
        return limits.isEmpty() && leases.isEmpty() && keys.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HeapRecords that
                && leaseClock.equals(that.leaseClock)
                && limits.equals(that.limits)
                && leases.equals(that.leases)
                && keys.equals(that.keys);
    }

    @Override
    public int hashCode() {
        return limits.hashCode();
    }

    @Override
    public String toString() {
        return leaseClock + ", limits " + limits + ", leases " + leases + ", keys " + keys;
    }
}
