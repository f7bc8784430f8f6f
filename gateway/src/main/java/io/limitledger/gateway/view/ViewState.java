package io.limitledger.gateway.view;

import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The records of all partitions, as the core itself keeps them. Written by one thread, read by many. */
final class ViewState {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final HeapRecords records = new HeapRecords();
    private final IndexedLedgerState index = new IndexedLedgerState(records);
    private final Map<UUID, String> names = new HashMap<>();

    /** To be called within {@link #read} only. */
    HeapRecords records() {
        return records;
    }

    /** To be called within {@link #read} only. */
    IndexedLedgerState index() {
        return index;
    }

    /** To be called within {@link #read} only. */
    @Nullable
    String nameOf(UUID limitId) {
        return names.get(limitId);
    }

    <T extends @Nullable Object> T read(Supplier<T> question) {
        lock.readLock().lock();
        try {
            return question.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Takes over a record of the changelog; null means that it is no more. */
    void apply(StateKey key, byte @Nullable [] value) {
        lock.writeLock().lock();
        try {
            if (value == null) {
                remove(key);
            } else {
                put(key, value);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void put(StateKey key, byte[] value) {
        switch (key.kind()) {
            case LIMIT -> put(StateJson.read(value, Limit.class));
            case LEASE -> index.put(StateJson.read(value, Lease.class));
            case WAITER -> index.put(StateJson.read(value, Waiter.class));
            // Nobody is shown what has ended.
            case ENDED, REMOVALS -> {}
        }
    }

    private void put(Limit limit) {
        index.put(limit);
        names.put(limit.id(), limit.name());
    }

    private void remove(StateKey key) {
        switch (key.kind()) {
            case LIMIT -> removeLimit(name(key));
            case LEASE -> removeLease(name(key), leaseId(key));
            case WAITER -> removeWaiter(name(key), leaseId(key));
            case ENDED, REMOVALS -> {}
        }
    }

    private void removeLimit(String name) {
        Limit limit = records.limit(name);
        if (limit != null) {
            // A limit that has moved is known under its new name by now.
            names.remove(limit.id(), name);
            index.removeLimit(name, 0);
        }
    }

    private void removeLease(String name, UUID leaseId) {
        Lease lease = records.lease(name, leaseId);
        if (lease != null) {
            index.remove(lease);
        }
    }

    private void removeWaiter(String name, UUID leaseId) {
        Waiter waiter = records.waiter(name, leaseId);
        if (waiter != null) {
            index.remove(waiter);
        }
    }

    private static String name(StateKey key) {
        return Objects.requireNonNull(key.limit());
    }

    private static UUID leaseId(StateKey key) {
        return Objects.requireNonNull(key.leaseId());
    }
}
