package io.limitledger.audit;

import io.limitledger.topics.ClientDefaults;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topics.TopicsSetup;
import io.limitledger.wire.LedgerKeys;
import io.limitledger.wire.PublishedKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** A ledger as it is stored on Kafka, also while it is running. Nothing is written, and no consumer group is joined. */
public final class KafkaAuditedLog implements AuditedLog {
    private static final Duration ID_TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, Object> clientProperties;
    private final int partitions;
    private final Map<Integer, Long> eventsBeforeState = new HashMap<>();
    private final KafkaConsumer<byte[], byte[]> ends;
    private final PublishedKeys keys;
    private final List<PartitionReader> readers = new ArrayList<>();

    public KafkaAuditedLog(Map<String, Object> clientProperties, int partitions) {
        this.clientProperties = Map.copyOf(clientProperties);
        this.partitions = partitions;
        this.ends = consumer();
        this.keys = new PublishedKeys(clientProperties);
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public String id() {
        return TopicsSetup.eventsId(clientProperties, ID_TIMEOUT);
    }

    @Override
    public Iterator<ConsumerRecord<byte[], byte[]>> commands(int partition) {
        return read(LedgerTopics.COMMANDS, partition, 0);
    }

    @Override
    public Iterator<ConsumerRecord<byte[], byte[]>> commandsSince(int partition, long at) {
        TopicPartition commands = new TopicPartition(LedgerTopics.COMMANDS, partition);
        OffsetAndTimestamp first = ends.offsetsForTimes(Map.of(commands, at)).get(commands);
        return first == null ? Collections.emptyIterator() : read(LedgerTopics.COMMANDS, partition, first.offset());
    }

    @Override
    public LedgerKeys ledgerKeys() {
        return keys;
    }

    @Override
    public Iterator<ConsumerRecord<byte[], byte[]>> events(int partition, long from) {
        return read(LedgerTopics.EVENTS, partition, from);
    }

    @Override
    public long eventsEnd(int partition) {
        TopicPartition events = new TopicPartition(LedgerTopics.EVENTS, partition);
        return Objects.requireNonNull(ends.endOffsets(List.of(events)).get(events));
    }

    @Override
    public Iterator<ConsumerRecord<byte[], byte[]>> state(int partition) {
        eventsBeforeState.put(partition, eventsEnd(partition));
        return read(LedgerTopics.CHANGELOG, partition, 0);
    }

    @Override
    public long eventsBeforeState(int partition) {
        return eventsBeforeState.getOrDefault(partition, 0L);
    }

    private Iterator<ConsumerRecord<byte[], byte[]>> read(String topic, int partition, long from) {
        PartitionReader reader = new PartitionReader(consumer(), topic, partition, from);
        readers.add(reader);
        return reader;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = ClientDefaults.ofReader(clientProperties, IsolationLevel.READ_COMMITTED);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        return new KafkaConsumer<>(settings);
    }

    @Override
    public void close() {
        readers.forEach(PartitionReader::close);
        keys.close();
        ends.close();
    }
}
