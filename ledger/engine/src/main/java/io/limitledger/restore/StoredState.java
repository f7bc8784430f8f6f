package io.limitledger.restore;

import io.limitledger.core.state.SealedLimit;
import io.limitledger.truth.Mark;
import io.limitledger.truth.PartitionState;
import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;
import io.limitledger.wire.StateRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The records of a partition's state as its changelog has them, by key, unparsed. */
record StoredState(Map<String, byte[]> records) implements PartitionState {
    static StoredState read(Iterator<ConsumerRecord<byte[], byte[]>> changelog) {
        Map<String, byte[]> records = new HashMap<>();
        changelog.forEachRemaining(record -> {
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                records.remove(key);
            } else {
                records.put(key, record.value());
            }
        });
        return new StoredState(records);
    }

    @Override
    public @Nullable Mark mark() {
        byte[] value = records.get(StateKey.MARK.text());
        return value == null ? null : StateJson.read(value, Mark.class);
    }

    /** Whether it says of itself how far it is; a state that a restore left half written does not. */
    boolean isMarked() {
        Mark mark = mark();
        return mark != null && !mark.isUnfinished();
    }

    @Override
    public long count() {
        return (long) records.size() - (records.containsKey(StateKey.MARK.text()) ? 1 : 0);
    }

    @Override
    public boolean isMadeOfEvents() {
        return records.keySet().stream()
                .anyMatch(key -> switch (StateKey.parse(key).kind()) {
                    case LIMIT, LEASE, KEY, REMOVALS -> true;
                    case LEASE_CLOCK, MARK -> false;
                });
    }

    @Override
    public @Nullable SealedLimit sealedLimit(String name) {
        StateKey key = StateKey.ofLimit(name);
        byte[] value = records.get(key.text());
        return value == null ? null : StateRecord.limit(key, value);
    }
}
