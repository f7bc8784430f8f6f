package io.limitledger.restore;

import io.limitledger.audit.Rebuild.Owed;
import io.limitledger.audit.Rebuild.Rebuilt;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.Removals;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.topics.ClientDefaults;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.truth.LastEvent;
import io.limitledger.truth.Mark;
import io.limitledger.wire.EventRecord;
import io.limitledger.wire.PartitionNote;
import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;
import io.limitledger.wire.StateRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a partition's state, its mark and a note. The state itself goes without a transaction, since it may take longer
 * than one is allowed to; a mark that says so goes before it, so that a state that is half written is never taken for
 * whole. The new mark, the note and the events that the last decision owed go together, or not at all.
 */
final class StateWriter implements AutoCloseable {
    /** Begins like those of the ledger, so that the rights to run a ledger suffice to restore it. */
    private static final String TRANSACTIONAL_ID = LedgerTopics.GROUP + "-restore";

    private final Producer<byte[], byte[]> plain;
    private final Producer<byte[], byte[]> transactional;
    private volatile @Nullable Exception failure;

    StateWriter(Map<String, Object> clientProperties) {
        this.plain = new KafkaProducer<>(settings(clientProperties));
        Map<String, Object> settings = settings(clientProperties);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        this.transactional = new KafkaProducer<>(settings);
        transactional.initTransactions();
    }

    private static Map<String, Object> settings(Map<String, Object> clientProperties) {
        Map<String, Object> settings = ClientDefaults.with(clientProperties);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        return settings;
    }

    /** Makes the stored state the same as the one that was rebuilt; returns how many records it has. */
    long write(int partition, StoredState before, Rebuilt state) {
        Map<String, byte[]> wanted = bytes(state);
        put(partition, StateKey.MARK.text(), StateJson.write(Mark.unfinished()));
        flush();
        before.records().keySet().stream()
                .filter(key -> !wanted.containsKey(key) && !key.equals(StateKey.MARK.text()))
                .forEach(key -> put(partition, key, null));
        wanted.forEach((key, value) -> {
            if (!Arrays.equals(before.records().get(key), value)) {
                put(partition, key, value);
            }
        });
        flush();
        return wanted.size();
    }

    private static Map<String, byte[]> bytes(Rebuilt state) {
        HeapRecords records = state.records();
        Map<String, byte[]> bytes = new HashMap<>();
        records.forEach(
                limit -> put(
                        bytes,
                        StateKey.ofLimit(limit.name()),
                        new SealedLimit(limit, state.heads().get(limit.name()))),
                lease -> put(bytes, StateKey.ofLease(lease.limit(), lease.leaseId()), lease),
                use -> put(bytes, StateKey.ofKey(use.limit(), use.key()), use));
        if (!records.leaseClock().equals(LeaseClock.RESTING)) {
            put(bytes, StateKey.LEASE_CLOCK, records.leaseClock());
        }
        if (!records.removals().equals(Removals.NONE)) {
            put(bytes, StateKey.REMOVALS, records.removals());
        }
        return bytes;
    }

    private static void put(Map<String, byte[]> bytes, StateKey key, Object record) {
        bytes.put(key.text(), StateRecord.write(key, record));
    }

    /** Writes what makes the state whole. */
    void finish(Mark mark, List<Owed> owed, PartitionNote note) {
        transactional.beginTransaction();
        try {
            LastEvent last = mark.last();
            for (Owed one : owed) {
                last = send(note.partition(), one);
            }
            Mark whole = new Mark(mark.commandsId(), mark.next(), last, mark.eventsStart(), mark.records());
            var unused = transactional.send(note.record());
            await(transactional.send(whole.record(LedgerTopics.CHANGELOG, note.partition())));
            transactional.commitTransaction();
        } catch (RuntimeException e) {
            transactional.abortTransaction();
            throw e;
        }
    }

    private LastEvent send(int partition, Owed owed) {
        EventRecord record = owed.record();
        RecordMetadata arrived = await(transactional.send(record.to(partition, owed.index())));
        LimitEvent event = record.event();
        String hash = Objects.requireNonNull(record.hash());
        return new LastEvent(event.limit(), event.number(), hash, arrived.offset());
    }

    /** Appends records that are no commands, until the partition ends where it is wanted; returns where it ends then. */
    long raise(int partition, long from, long to) {
        Future<RecordMetadata> last = null;
        for (long offset = from; offset < to; offset++) {
            last = plain.send(new ProducerRecord<>(LedgerTopics.COMMANDS, partition, null, null));
        }
        plain.flush();
        return last == null ? from : await(last).offset() + 1;
    }

    private void put(int partition, String key, byte @Nullable [] value) {
        var unused = plain.send(
                new ProducerRecord<>(LedgerTopics.CHANGELOG, partition, bytes(key), value), (metadata, problem) -> {
                    if (problem != null) {
                        failure = problem;
                    }
                });
    }

    private void flush() {
        plain.flush();
        Exception problem = failure;
        if (problem != null) {
            throw new KafkaException("Expected to write the state, but " + problem.getMessage(), problem);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RecordMetadata await(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }

    @Override
    public void close() {
        plain.close();
        transactional.close();
    }
}
