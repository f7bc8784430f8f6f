package io.limitledger.topology;

import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Records;
import io.limitledger.core.state.Removals;
import io.limitledger.core.state.Retired;
import io.limitledger.core.state.Waiter;
import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;
import io.limitledger.wire.StateKey.Kind;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * <p>Every rule looks at the limit, many times in one decision; so those asked for last are kept as they were read. Only
 * this task writes them, and a task that starts again starts with nothing.
 */
final class StoreRecords implements Records {
    /** A few megabytes; limits beyond it are read again when they are asked for. */
    private static final int KEPT = 10_000;

    private final KeyValueStore<String, byte[]> store;
    private final Map<String, Limit> kept = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable Limit unwritten;

    StoreRecords(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    @Override
    public @Nullable Limit limit(String name) {
        Limit limit = kept.get(name);
        if (limit == null) {
            limit = get(StateKey.limit(name), Limit.class);
            if (limit != null) {
                keep(limit);
            }
        }
        return limit;
    }

    private void keep(Limit limit) {
        kept.put(limit.name(), limit);
        if (kept.size() > KEPT) {
            Iterator<String> eldest = kept.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    @Override
    public @Nullable Lease lease(String limit, UUID leaseId) {
        return get(StateKey.of(Kind.LEASE, leaseId, limit), Lease.class);
    }

    @Override
    public @Nullable Waiter waiter(String limit, UUID leaseId) {
        return get(StateKey.of(Kind.WAITER, leaseId, limit), Waiter.class);
    }

    @Override
    public @Nullable EndedLease ended(String limit, UUID leaseId) {
        return get(StateKey.of(Kind.ENDED, leaseId, limit), EndedLease.class);
    }

    @Override
    public void put(Limit limit) {
        unwritten = limit;
        keep(limit);
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
            keep(unwritten);
        }
    }

    /** Ends a decision: a decision is about one limit. */
    void flush() {
        if (unwritten != null) {
            store.put(StateKey.limit(unwritten.name()), StateJson.write(unwritten));
            unwritten = null;
        }
    }

    @Override
    public void put(Lease lease) {
        store.put(StateKey.of(Kind.LEASE, lease.leaseId(), lease.limit()), StateJson.write(lease));
    }

    @Override
    public void put(Waiter waiter) {
        store.put(StateKey.of(Kind.WAITER, waiter.leaseId(), waiter.limit()), StateJson.write(waiter));
    }

    @Override
    public void put(EndedLease ended) {
        store.put(StateKey.of(Kind.ENDED, ended.leaseId(), ended.limit()), StateJson.write(ended));
    }

    @Override
    public void removeLease(String limit, UUID leaseId) {
        store.delete(StateKey.of(Kind.LEASE, leaseId, limit));
    }

    @Override
    public void removeWaiter(String limit, UUID leaseId) {
        store.delete(StateKey.of(Kind.WAITER, leaseId, limit));
    }

    @Override
    public void removeEnded(String limit, UUID leaseId) {
        store.delete(StateKey.of(Kind.ENDED, leaseId, limit));
    }

    @Override
    public void removeLimit(Limit limit, long offset) {
        unwritten = null;
        kept.remove(limit.name());
        store.delete(StateKey.limit(limit.name()));
        store.put(StateKey.REMOVALS, StateJson.write(removals().with(limit, offset)));
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
                    case REMOVALS -> {}
                }
            }
        }
    }

    private <T> @Nullable T get(String key, Class<T> type) {
        byte[] value = store.get(key);
        return value == null ? null : StateJson.read(value, type);
    }
}
