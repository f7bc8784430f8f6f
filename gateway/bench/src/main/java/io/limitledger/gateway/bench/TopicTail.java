package io.limitledger.gateway.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** Reads what comes to a topic from now on, on a thread of its own. */
final class TopicTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Consumer<ConsumerRecord<byte[], byte[]>> onRecord;
    private final Thread thread;
    private volatile boolean closed;

    private TopicTail(
            Map<String, Object> kafka,
            String topic,
            int partitions,
            Consumer<ConsumerRecord<byte[], byte[]>> onRecord) {
        this.consumer = new KafkaConsumer<>(EchoSettings.consumer(kafka));
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        this.onRecord = onRecord;
        this.thread = new Thread(this::run, "bench " + topic);
        thread.setDaemon(true);
    }

    /** Misses nothing that is sent after it returns. */
    static TopicTail start(
            Map<String, Object> kafka,
            String topic,
            int partitions,
            Consumer<ConsumerRecord<byte[], byte[]>> onRecord) {
        TopicTail tail = new TopicTail(kafka, topic, partitions, onRecord);
        tail.consumer.assign(tail.partitions);
        tail.consumer.seekToEnd(tail.partitions);
        tail.partitions.forEach(tail.consumer::position);
        tail.thread.start();
        return tail;
    }

    private void run() {
        try (consumer) {
            while (!closed) {
                consumer.poll(POLL).forEach(onRecord);
            }
        } catch (WakeupException e) {
            // The way out of a poll when it is closed.
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        consumer.wakeup();
        thread.join(CLOSE_TIMEOUT.toMillis());
    }
}
