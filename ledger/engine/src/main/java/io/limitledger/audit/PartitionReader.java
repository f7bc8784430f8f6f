package io.limitledger.audit;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** The records of one partition, from an offset, or what is left behind it, to where it ended when the reader was made. */
final class PartitionReader implements Iterator<ConsumerRecord<byte[], byte[]>>, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    /** A consumer alone would wait for ever for brokers that are gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final long end;
    private Iterator<ConsumerRecord<byte[], byte[]>> polled = Collections.emptyIterator();

    PartitionReader(Consumer<byte[], byte[]> consumer, String topic, int partition, long from) {
        this.consumer = consumer;
        this.partition = new TopicPartition(topic, partition);
        List<TopicPartition> one = List.of(this.partition);
        this.end = Objects.requireNonNull(consumer.endOffsets(one).get(this.partition));
        consumer.assign(one);
        consumer.seek(this.partition, from);
    }

    @Override
    public boolean hasNext() {
        long sinceNanos = System.nanoTime();
        while (!polled.hasNext() && consumer.position(partition) < end) {
            long before = consumer.position(partition);
            polled = consumer.poll(POLL).iterator();
            if (consumer.position(partition) > before) {
                sinceNanos = System.nanoTime();
            } else if (System.nanoTime() - sinceNanos > PATIENCE.toNanos()) {
                throw new TimeoutException("Expected to read " + partition + " up to offset " + end
                        + ", but nothing came for " + PATIENCE.toSeconds() + " s from offset " + before + " on");
            }
        }
        return polled.hasNext();
    }

    @Override
    public ConsumerRecord<byte[], byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("Expected a record before offset " + end + " of " + partition);
        }
        return polled.next();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
