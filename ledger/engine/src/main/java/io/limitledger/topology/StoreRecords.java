package io.limitledger.topology;

import static io.limitledger.topology.RecentRecords.ABSENT;

import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Records;
import io.limitledger.core.state.Removals;
import io.limitledger.core.state.Retired;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.truth.Mark;
import io.limitledger.truth.PartitionState;
import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;
import io.limitledger.wire.StateRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The records of a partition in the store of its stream task. What decisions on one limit change is gathered, and written
 * when the commands of a poll are decided, or one of another limit comes: each record once, in the order in which they
 * changed last. The limit's own record changes with each event, and so is the last; a reader of the changelog that sees it
 * has seen all decisions up to the one that it names.
 *
 * <p>Rules look at the same records many times in one decision, and at the same leases in the next ones; so those asked
 * for last are kept as they were read, also those that are not there. Only this task writes them, and a task that starts
 * again starts with nothing.
 */
final class StoreRecords implements Records, PartitionState {
    private final KeyValueStore<String, byte[]> store;
    private final RecentRecords recent;
    /** Records, or {@link RecentRecords#ABSENT} for those that are no more. */
    private Map<StateKey, Object> changes = new LinkedHashMap<>();
    /** The limit that they belong to. */
    private @Nullable String gathered;

    StoreRecords(KeyValueStore<String, byte[]> store) {
        this(store, new RecentRecords());
    }

    StoreRecords(KeyValueStore<String, byte[]> store, RecentRecords recent) {
        this.store = store;
        this.recent = recent;
    }

    @Override
    public LeaseClock leaseClock() {
        LeaseClock clock = get(StateKey.LEASE_CLOCK, LeaseClock.class);
        return clock == null ? LeaseClock.RESTING : clock;
    }

    @Override
    public void put(LeaseClock clock) {
        change(StateKey.LEASE_CLOCK, clock);
    }

    @Override
    public @Nullable Limit limit(String name) {
        SealedLimit sealed = sealedLimit(name);
        return sealed == null ? null : sealed.limit();
    }

    @Override
    public @Nullable SealedLimit sealedLimit(String name) {
        return get(StateKey.ofLimit(name), SealedLimit.class);
    }

    @Override
    public @Nullable LeaseRecord leaseRecord(String limit, UUID leaseId) {
        return get(StateKey.ofLease(limit, leaseId), LeaseRecord.class);
    }

    /** Puts the hash of its last event on a limit that is about to be written, unless it has just been deleted. */
    void seal(String name, @Nullable String head) {
        Limit limit = limit(name);
        if (limit != null) {
            change(StateKey.ofLimit(name), new SealedLimit(limit, head));
        }
    }

    /** It gets its seal when all events of the decision have been written. */
    @Override
    public void put(Limit limit) {
        change(StateKey.ofLimit(limit.name()), new SealedLimit(limit, null));
    }

    @Override
    public void put(LeaseRecord lease) {
        change(StateKey.ofLease(lease.limit(), lease.leaseId()), lease);
    }

    @Override
    public void removeLease(String limit, UUID leaseId) {
        change(StateKey.ofLease(limit, leaseId), ABSENT);
    }

    @Override
    public void removeLimit(Limit limit, long offset) {
        change(StateKey.ofLimit(limit.name()), ABSENT);
        change(StateKey.REMOVALS, removals().with(limit, offset));
    }

    @Override
    public @Nullable KeyUse keyUse(String limit, String key) {
        return get(StateKey.ofKey(limit, key), KeyUse.class);
    }

    @Override
    public void put(KeyUse use) {
        change(StateKey.ofKey(use.limit(), use.key()), use);
    }

    @Override
    public void removeKey(String limit, String key) {
        change(StateKey.ofKey(limit, key), ABSENT);
    }

    @Override
    public long fenceOfRemoved() {
        return removals().fence();
    }

    /** Notes it behind all other changes, in the place of an earlier one of the same record. */
    private void change(StateKey key, Object record) {
        changes.remove(key);
        changes.put(key, record);
    }

    /**
     * A decision on a limit begins. What those on another have changed is written first, so that the changelog shows the
     * limits in the order of the commands that changed them last.
     */
    void begin(@Nullable String limit) {
        if (!Objects.equals(limit, gathered)) {
            flush();
            gathered = limit;
        }
    }

    @Override
    public void flush() {
        if (!changes.isEmpty()) {
            changes.forEach(this::write);
            // Not cleared: one that was large once would be slow to clear ever after.
            changes = new LinkedHashMap<>();
        }
    }

    private void write(StateKey key, Object record) {
        store.put(key.text(), record == ABSENT ? null : StateRecord.write(key, record));
        recent.put(key, record);
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
    public void forEach(Consumer<Limit> limits, Consumer<LeaseRecord> leases, Consumer<KeyUse> keys) {
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> record = all.next();
                StateKey key = StateKey.parse(record.key);
                switch (key.kind()) {
                    case LEASE -> leases.accept(StateRecord.lease(key, record.value));
                    case KEY -> keys.accept(StateRecord.keyUse(key, record.value));
                    case LIMIT ->
                        limits.accept(StateRecord.limit(key, record.value).limit());
                    // Read now, so that what is wrong shows before anything is decided.
                    case REMOVALS -> StateJson.read(record.value, Removals.class);
                    case LEASE_CLOCK -> StateJson.read(record.value, LeaseClock.class);
                    case MARK -> StateJson.read(record.value, Mark.class);
                }
            }
        }
    }

    @Override
    public @Nullable Mark mark() {
        byte[] value = store.get(StateKey.MARK.text());
        return value == null ? null : StateJson.read(value, Mark.class);
    }

    /** On disk records are not counted: they would have to be read. */
    @Override
    public long count() {
        if (store.persistent()) {
            return Mark.UNKNOWN;
        }
        return store.approximateNumEntries() - (store.get(StateKey.MARK.text()) == null ? 0 : 1);
    }

    @Override
    public boolean isMadeOfEvents() {
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                switch (StateKey.parse(all.next().key).kind()) {
                    case LIMIT, LEASE, KEY, REMOVALS -> {
                        return true;
                    }
                    case LEASE_CLOCK, MARK -> {}
                }
            }
        }
        return false;
    }

    private <T> @Nullable T get(StateKey key, Class<T> type) {
        Object changed = changes.get(key);
        Object record = changed == null ? unchanged(key, type) : changed;
        return record == ABSENT ? null : type.cast(record);
    }

    private static Object read(StateKey key, byte[] value, Class<?> type) {
        return switch (key.kind()) {
            case LIMIT -> StateRecord.limit(key, value);
            case LEASE -> StateRecord.lease(key, value);
            case KEY -> StateRecord.keyUse(key, value);
            case REMOVALS, LEASE_CLOCK, MARK -> StateJson.read(value, type);
        };
    }

    private Object unchanged(StateKey key, Class<?> type) {
        Object record = recent.get(key);
        if (record == null) {
            byte[] value = store.get(key.text());
            record = value == null ? ABSENT : read(key, value, type);
            recent.put(key, record);
        }
        return record;
    }
}
