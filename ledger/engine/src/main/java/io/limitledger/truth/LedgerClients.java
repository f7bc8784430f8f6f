package io.limitledger.truth;

import io.limitledger.topics.LedgerTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka clients of the stream threads. The producer adds each partition's mark to the transaction at the only moment
 * when everything that it says is known: with the offsets, when all events have arrived. The consumer does not read
 * partitions that are held. Both see to it that what decisions have changed is written: with each poll, and before each commit.
 */
final class LedgerClients implements KafkaClientSupplier {

    private final String changelog;
    private final int partitions;
    private final Marks marks;
    private final Holds holds;

    LedgerClients(String changelog, int partitions, Marks marks, Holds holds) {
        this.changelog = changelog;
        this.partitions = partitions;
        this.marks = marks;
        this.holds = holds;
    }

    @Override
    public Admin getAdmin(Map<String, Object> settings) {
        return Admin.create(settings);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
        return new MarkingProducer(settings, changelog, partitions, marks, holds);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
        Map<String, Object> agreed = new HashMap<>(settings);
        agreed.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, AgreedPartitions.class.getName());
        agreed.put(AgreedPartitions.AGREED, partitions);
        return new HoldingConsumer(agreed, marks, holds);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> settings) {
        return getRestoreConsumer(settings);
    }

    private static final class HoldingConsumer extends KafkaConsumer<byte[], byte[]> {
        private final Marks marks;
        private final Holds holds;

        HoldingConsumer(Map<String, Object> settings, Marks marks, Holds holds) {
            super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            this.marks = marks;
            this.holds = holds;
        }

        /** Streams polls when it has processed all that the last poll has brought. It knows its timers only after the poll. */
        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            marks.flush();
            holds.apply(this);
            return super.poll(timeout.isZero() ? timeout : Duration.ofMillis(marks.restMillis(timeout.toMillis())));
        }
    }

    private static final class MarkingProducer extends KafkaProducer<byte[], byte[]> {
        private final String changelog;
        private final int partitions;
        private final Marks marks;
        private final Holds holds;
        private final Set<Integer> marked = new HashSet<>();

        MarkingProducer(Map<String, Object> settings, String changelog, int partitions, Marks marks, Holds holds) {
            super(settings, new ByteArraySerializer(), new ByteArraySerializer());
            this.changelog = changelog;
            this.partitions = partitions;
            this.marks = marks;
            this.holds = holds;
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
            if (!record.topic().equals(LedgerTopics.EVENTS)) {
                return super.send(record, callback);
            }
            boolean isNote = record.key() == null;
            LongConsumer arrivals = isNote ? offset -> {} : marks.arrivals(partitionOf(record));
            return super.send(record, (metadata, failure) -> {
                if (failure == null) {
                    arrivals.accept(metadata.offset());
                }
                if (callback != null) {
                    callback.onCompletion(metadata, failure);
                }
            });
        }

        /** An event's limit belongs to the partition of its command. */
        private int partitionOf(ProducerRecord<byte[], byte[]> record) {
            Integer partition = record.partition();
            return partition == null ? Utils.toPositive(Utils.murmur2(record.key())) % partitions : partition;
        }

        @Override
        public void sendOffsetsToTransaction(
                Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
            marks.flush();
            Map<TopicPartition, OffsetAndMetadata> decided = new HashMap<>(offsets);
            decided.keySet().removeIf(partition -> holds.isHeld(partition.partition()));
            decided.forEach((partition, offset) ->
                    send(partition.partition(), marks.forCommit(partition.partition(), offset.offset())));
            for (int partition : marks.unsaid()) {
                if (!marked.contains(partition)) {
                    send(partition, marks.forCommit(partition));
                }
            }
            super.sendOffsetsToTransaction(decided, group);
        }

        private void send(int partition, @Nullable Mark mark) {
            if (mark != null) {
                marked.add(partition);
                var unused = super.send(mark.record(changelog, partition), null);
            }
        }

        @Override
        public void commitTransaction() {
            super.commitTransaction();
            marked.forEach(marks::commit);
            marked.clear();
        }

        @Override
        public void abortTransaction() {
            marked.clear();
            super.abortTransaction();
        }
    }
}
