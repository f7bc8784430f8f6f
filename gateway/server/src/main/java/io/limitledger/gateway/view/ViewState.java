package io.limitledger.gateway.view;

import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Removals;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;
import io.limitledger.wire.StateRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The records of all partitions, as the core itself keeps them. Written by one thread, read by many. */
final class ViewState {
    static final long NONE = -1;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private HeapRecords records = new HeapRecords();
    private IndexedLedgerState index = new IndexedLedgerState(records);
    private final Map<UUID, String> names = new HashMap<>();
    private final KeysInView keys = new KeysInView();
    private final int partitions;
    private volatile LeaseEndListener ends = LeaseEndListener.NONE;
    /** By how much each partition's time is ahead of its broker's clock. */
    private final long[] aheadMillis;

    ViewState(int partitions) {
        this.partitions = partitions;
        this.aheadMillis = new long[partitions];
    }

    /**
     * By how much the times in the records of a limit are later than by the broker's clock, which is what people see. To be
     * called within {@link #read} only.
     */
    long aheadMillis(String limit) {
        return aheadMillis[LeaseIds.partition(limit, partitions)];
    }

    void onLeaseEnds(LeaseEndListener listener) {
        ends = listener;
    }

    /** To be called within {@link #read} only. */
    HeapRecords records() {
        return records;
    }

    /** To be called within {@link #read} only. */
    IndexedLedgerState index() {
        return index;
    }

    /** To be called within {@link #read} only. */
    KeysInView keys() {
        return keys;
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

    /**
     * Takes over records of a partition of the changelog, in their order; a reader sees all of them or none. Returns the offset of the
     * last command whose decision is complete with them; {@link #NONE} if none is.
     *
     * @param passedOver is given what is no record of a state, and why
     */
    long apply(
            Collection<ConsumerRecord<byte[], byte[]>> changes,
            BiConsumer<ConsumerRecord<byte[], byte[]>, String> passedOver) {
        lock.writeLock().lock();
        try {
            return changes.stream()
                    .mapToLong(change -> applyIfReadable(change, passedOver))
                    .max()
                    .orElse(NONE);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** A record that cannot be read changes nothing, so that it hides no other. */
    private long applyIfReadable(
            ConsumerRecord<byte[], byte[]> change, BiConsumer<ConsumerRecord<byte[], byte[]>, String> passedOver) {
        try {
            return apply(change);
        } catch (RuntimeException | StackOverflowError e) {
            passedOver.accept(change, String.valueOf(e.getMessage()));
            return NONE;
        }
    }

    /** Forgets all, to be read again. */
    void clear() {
        lock.writeLock().lock();
        try {
            records = new HeapRecords();
            Arrays.fill(aheadMillis, 0);
            index = new IndexedLedgerState(records);
            names.clear();
            keys.clear();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Without a value it is no more. */
    private long apply(ConsumerRecord<byte[], byte[]> change) {
        StateKey key = StateKey.parse(new String(change.key(), StandardCharsets.UTF_8));
        if (key.kind() == StateKey.Kind.LEASE_CLOCK) {
            noteTime(change.partition(), change.value());
            return NONE;
        }
        if (change.value() == null) {
            remove(key);
            return NONE;
        }
        return put(key, change.value());
    }

    private void noteTime(int partition, byte @Nullable [] value) {
        LeaseClock clock = value == null ? LeaseClock.RESTING : StateJson.read(value, LeaseClock.class);
        aheadMillis[partition] = clock.aheadMillis();
    }

    /** A decision is complete with the record of its limit, or with the one of its removal. */
    private long put(StateKey key, byte[] value) {
        switch (key.kind()) {
            case LIMIT -> {
                return put(StateRecord.limit(key, value).limit());
            }
            case REMOVALS -> {
                return StateJson.read(value, Removals.class).offset();
            }
            case LEASE -> put(StateRecord.lease(key, value));
            case KEY -> keys.put(StateRecord.keyUse(key, value));
            case LEASE_CLOCK, MARK -> {
                // They belong to the partition, not to a limit; the view does not show them.
            }
        }
        return NONE;
    }

    private long put(Limit limit) {
        Limit before = records.limit(limit.name());
        if (before != null) {
            // Another of the same name, whose end was passed over.
            names.remove(before.id(), before.name());
        }
        index.put(limit);
        names.put(limit.id(), limit.name());
        return limit.offset();
    }

    /** What has ended is not shown. */
    private void put(LeaseRecord lease) {
        if (lease instanceof EndedLease ended) {
            remove(lease.limit(), lease.leaseId());
            ends.ended(shown(ended));
        } else {
            keys.changed(records.leaseRecord(lease.limit(), lease.leaseId()), lease);
            index.load(lease);
        }
    }

    private void remove(String limit, UUID leaseId) {
        keys.changed(records.leaseRecord(limit, leaseId), null);
        index.remove(limit, leaseId);
    }

    /** With its time by the broker's clock. */
    private EndedLease shown(EndedLease ended) {
        long endedAt = ended.endedAt() - aheadMillis(ended.limit());
        return new EndedLease(ended.leaseId(), ended.limit(), ended.how(), endedAt, ended.grant());
    }

    private void remove(StateKey key) {
        switch (key.kind()) {
            case LIMIT -> removeLimit(name(key));
            case LEASE -> {
                remove(name(key), leaseId(key));
                ends.removed(leaseId(key), name(key));
            }
            case KEY -> keys.remove(name(key), Objects.requireNonNull(key.key()));
            case REMOVALS, LEASE_CLOCK, MARK -> {}
        }
    }

    private void removeLimit(String name) {
        Limit limit = records.limit(name);
        if (limit != null) {
            // A limit that has moved is known under its new name by now.
            names.remove(limit.id(), name);
            index.removeLimit(name, 0);
            keys.removeLimit(name);
        }
    }

    private static String name(StateKey key) {
        return Objects.requireNonNull(key.limit());
    }

    private static UUID leaseId(StateKey key) {
        return Objects.requireNonNull(key.leaseId());
    }
}
