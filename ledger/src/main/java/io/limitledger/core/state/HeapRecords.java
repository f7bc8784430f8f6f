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
    private final Map<Key, Lease> leases = new HashMap<>();
    private final Map<Key, Waiter> waiters = new HashMap<>();
    private final Map<Key, EndedLease> ended = new HashMap<>();

    private Removals removals = Removals.NONE;
    private LeaseClock leaseClock = LeaseClock.RESTING;

    private record Key(String limit, UUID leaseId) {}

    @Override
    public LeaseClock leaseClock() {
        return leaseClock;
    }

    @Override
    public @Nullable Limit limit(String name) {
        return limits.get(name);
    }

    @Override
    public @Nullable Lease lease(String limit, UUID leaseId) {
        return leases.get(new Key(limit, leaseId));
    }

    @Override
    public @Nullable Waiter waiter(String limit, UUID leaseId) {
        return waiters.get(new Key(limit, leaseId));
    }

    @Override
    public @Nullable EndedLease ended(String limit, UUID leaseId) {
        return ended.get(new Key(limit, leaseId));
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
    public void put(Lease lease) {
        leases.put(new Key(lease.limit(), lease.leaseId()), lease);
    }

    @Override
    public void put(Waiter waiter) {
        waiters.put(new Key(waiter.limit(), waiter.leaseId()), waiter);
    }

    @Override
    public void put(EndedLease lease) {
        ended.put(new Key(lease.limit(), lease.leaseId()), lease);
    }

    @Override
    public void removeLease(String limit, UUID leaseId) {
        leases.remove(new Key(limit, leaseId));
    }

    @Override
    public void removeWaiter(String limit, UUID leaseId) {
        waiters.remove(new Key(limit, leaseId));
    }

    @Override
    public void removeEnded(String limit, UUID leaseId) {
        ended.remove(new Key(limit, leaseId));
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

    @Override
    public void forEach(
            Consumer<Limit> eachLimit,
            Consumer<Lease> eachLease,
            Consumer<Waiter> eachWaiter,
            Consumer<EndedLease> eachEnded) {
        limits.values().forEach(eachLimit);
        leases.values().forEach(eachLease);
        waiters.values().forEach(eachWaiter);
        ended.values().forEach(eachEnded);
    }

    /** The same records in other maps. */
    public HeapRecords copy() {
        HeapRecords copy = new HeapRecords();
        copy.limits.putAll(limits);
        copy.leases.putAll(leases);
        copy.waiters.putAll(waiters);
        copy.ended.putAll(ended);
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
        return limits.isEmpty() && leases.isEmpty() && waiters.isEmpty() && ended.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HeapRecords that
                && leaseClock.equals(that.leaseClock)
                && limits.equals(that.limits)
                && leases.equals(that.leases)
                && waiters.equals(that.waiters)
                && ended.equals(that.ended);
    }

    @Override
    public int hashCode() {
        return limits.hashCode();
    }

    @Override
    public String toString() {
        return leaseClock + ", limits " + limits + ", leases " + leases + ", waiters " + waiters + ", ended " + ended;
    }
}
