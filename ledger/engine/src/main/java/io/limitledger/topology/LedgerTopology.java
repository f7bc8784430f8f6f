package io.limitledger.topology;

import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.PartitionNote;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Commands -> one processor with one store -> events, and rejected records.
 *
 * <p>It is cut this way because a decision touches a limit, its leases and its waiters at once, all of them under the
 * limit's name, and hence in one partition. One store, because its changelog then shows the records of a decision in the
 * order in which they were written, with the limit last; readers of the changelog rely on it. Bytes at both ends, because
 * what cannot be read must be answered and kept, not thrown.
 */
public final class LedgerTopology {
    static final String SOURCE = "commands";
    static final String PROCESSOR = "ledger";
    static final String EVENTS_SINK = "events";
    static final String NOTES_SINK = "notes";
    static final String REJECTED_SINK = "rejected";

    private LedgerTopology() {}

    public static Topology build(LedgerProcessor.Dependencies dependencies, boolean stateOnDisk) {
        return new Topology()
                .addSource(
                        SOURCE,
                        Serdes.ByteArray().deserializer(),
                        Serdes.ByteArray().deserializer(),
                        LedgerTopics.COMMANDS)
                .addProcessor(PROCESSOR, () -> new LedgerProcessor(dependencies), SOURCE)
                .addStateStore(store(stateOnDisk), PROCESSOR)
                .addSink(
                        EVENTS_SINK,
                        LedgerTopics.EVENTS,
                        Serdes.ByteArray().serializer(),
                        Serdes.ByteArray().serializer(),
                        PROCESSOR)
                .addSink(
                        NOTES_SINK,
                        LedgerTopics.EVENTS,
                        Serdes.ByteArray().serializer(),
                        Serdes.ByteArray().serializer(),
                        LedgerTopology::ofNote,
                        PROCESSOR)
                .addSink(
                        REJECTED_SINK,
                        LedgerTopics.REJECTED,
                        Serdes.ByteArray().serializer(),
                        Serdes.ByteArray().serializer(),
                        PROCESSOR);
    }

    /** A note has no key by which its partition could be found. */
    private static Optional<Set<Integer>> ofNote(String topic, byte[] key, byte[] value, int partitions) {
        return Optional.of(Set.of(PartitionNote.read(value).partition()));
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> store(boolean onDisk) {
        KeyValueBytesStoreSupplier supplier =
                onDisk ? Stores.persistentKeyValueStore(LedgerTopics.STORE) : HeapStore.supplier(LedgerTopics.STORE);
        return Stores.keyValueStoreBuilder(supplier, Serdes.String(), Serdes.ByteArray())
                // No cache: readers of the changelog want to see each decision, and the store is fast enough.
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }
}
