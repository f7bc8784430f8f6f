package io.limitledger.topology;

import static io.limitledger.topology.RecentRecords.ABSENT;

import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Records;
import io.limitledger.core.state.Removals;
import io.limitledger.core.state.Retired;
import io.limitledger.core.state.Waiter;
import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;
import io.limitledger.wire.StateKey.Kind;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The records of a partition in the store of its stream task. The limit's own record changes with each event; it is
 * written once, when the decision is complete, and as the last of it. So a reader of the changelog who sees it has seen
 * the whole decision.
 *
 * <p>Rules look at the same records many times in one decision, and at the same leases in the next ones; so those asked
 * for last are kept as they were read, also those that are not there. Only this task writes them, and a task that starts
 * again starts with nothing.
 */
final class StoreRecords implements Records {
    private final KeyValueStore<String, byte[]> store;
    private final RecentRecords recent;
    private @Nullable Limit unwritten;
    private LeaseClock leaseClock;

    StoreRecords(KeyValueStore<String, byte[]> store) {
        this(store, new RecentRecords());
    }

    StoreRecords(KeyValueStore<String, byte[]> store, RecentRecords recent) {
        this.store = store;
        this.recent = recent;
        LeaseClock found = get(StateKey.LEASE_CLOCK, LeaseClock.class);
        this.leaseClock = found == null ? LeaseClock.RESTING : found;
    }

    @Override
    public LeaseClock leaseClock() {
        return leaseClock;
    }

    @Override
    public void put(LeaseClock clock) {
        leaseClock = clock;
        write(StateKey.LEASE_CLOCK, clock);
    }

    @Override
    public @Nullable Limit limit(String name) {
        Limit limit = unwritten;
        return limit != null && limit.name().equals(name) ? limit : get(StateKey.ofLimit(name), Limit.class);
    }

    @Override
    public @Nullable Lease lease(String limit, UUID leaseId) {
        return get(new StateKey(Kind.LEASE, leaseId, limit), Lease.class);
    }

    @Override
    public @Nullable Waiter waiter(String limit, UUID leaseId) {
        return get(new StateKey(Kind.WAITER, leaseId, limit), Waiter.class);
    }

    @Override
    public @Nullable EndedLease ended(String limit, UUID leaseId) {
        return get(new StateKey(Kind.ENDED, leaseId, limit), EndedLease.class);
    }

    @Override
    public void put(Limit limit) {
        unwritten = limit;
    }

    /** Hash of the limit's last event; null if there is none. */
    @Nullable
    String head(String name) {
        Limit limit = limit(name);
        return limit == null ? null : limit.head();
    }

    /** Notes the hash of its last event in a limit that is about to be written, unless it has just been deleted. */
    void seal(String name, @Nullable String head) {
        Limit limit = limit(name);
        if (limit != null) {
            unwritten = limit.sealed(head);
        }
    }

    /** Ends a decision: a decision is about one limit. */
    void flush() {
        if (unwritten != null) {
            write(StateKey.ofLimit(unwritten.name()), unwritten);
            unwritten = null;
        }
    }

    @Override
    public void put(Lease lease) {
        write(new StateKey(Kind.LEASE, lease.leaseId(), lease.limit()), lease);
    }

    @Override
    public void put(Waiter waiter) {
        write(new StateKey(Kind.WAITER, waiter.leaseId(), waiter.limit()), waiter);
    }

    @Override
    public void put(EndedLease ended) {
        write(new StateKey(Kind.ENDED, ended.leaseId(), ended.limit()), ended);
    }

    private void write(StateKey key, Object record) {
        store.put(key.text(), StateJson.write(record));
        recent.put(key, record);
    }

    @Override
    public void removeLease(String limit, UUID leaseId) {
        delete(new StateKey(Kind.LEASE, leaseId, limit));
    }

    @Override
    public void removeWaiter(String limit, UUID leaseId) {
        delete(new StateKey(Kind.WAITER, leaseId, limit));
    }

    @Override
    public void removeEnded(String limit, UUID leaseId) {
        delete(new StateKey(Kind.ENDED, leaseId, limit));
    }

    private void delete(StateKey key) {
        store.delete(key.text());
        recent.put(key, ABSENT);
    }

    @Override
    public void removeLimit(Limit limit, long offset) {
        unwritten = null;
        delete(StateKey.ofLimit(limit.name()));
        write(StateKey.REMOVALS, removals().with(limit, offset));
    }

    @Override
    public boolean isRetired(Retired retired) {
        return removals().retired().contains(retired);
    }

    private Removals removals() {
        Removals removals = get(StateKey.REMOVALS, Removals.class);
        return removals == null ? Removals.NONE : removals;
    }

    @Override
    public void forEach(
            Consumer<Limit> limits, Consumer<Lease> leases, Consumer<Waiter> waiters, Consumer<EndedLease> ended) {
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> record = all.next();
                switch (StateKey.parse(record.key).kind()) {
                    case LEASE -> leases.accept(StateJson.read(record.value, Lease.class));
                    case WAITER -> waiters.accept(StateJson.read(record.value, Waiter.class));
                    case ENDED -> ended.accept(StateJson.read(record.value, EndedLease.class));
                    case LIMIT -> limits.accept(StateJson.read(record.value, Limit.class));
                    case REMOVALS, LEASE_CLOCK -> {}
                }
            }
        }
    }

    private <T> @Nullable T get(StateKey key, Class<T> type) {
        Object record = recent.get(key);
        if (record == null) {
            byte[] value = store.get(key.text());
            record = value == null ? ABSENT : StateJson.read(value, type);
            recent.put(key, record);
        }
        return record == ABSENT ? null : type.cast(record);
    }
}
