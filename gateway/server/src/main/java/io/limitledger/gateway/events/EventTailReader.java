package io.limitledger.gateway.events;

import io.limitledger.client.ReaderHealth;
import io.limitledger.topics.ClientDefaults;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.PartitionNote;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills the tail with the newest events there are, and goes on with those that come. */
public final class EventTailReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventTailReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long RETRY_MILLIS = 200;
    private static final long CLOSE_MILLIS = 2_000;

    /** How far back it begins, all partitions together: about what the tail can keep. */
    private static final long EVENTS_BACK = 50_000;

    private final Consumer<byte[], byte[]> consumer;
    private final EventTail tail;
    private final Runnable onProgress;
    private final List<TopicPartition> partitions;
    private final Thread thread;
    private Map<TopicPartition, Long> endsAtStart = Map.of();
    private final ReaderHealth health = new ReaderHealth(LOG, "the events");
    private volatile boolean closed;

    private EventTailReader(Map<String, Object> clientProperties, EventTail tail, Runnable onProgress) {
        this.consumer = new KafkaConsumer<>(settings(clientProperties));
        this.tail = tail;
        this.onProgress = onProgress;
        this.partitions = IntStream.range(0, tail.partitions())
                .mapToObj(partition -> new TopicPartition(LedgerTopics.EVENTS, partition))
                .toList();
        this.thread = new Thread(this::run, "event-tail");
        thread.setDaemon(true);
    }

    /**
     * Starts in the background.
     *
     * @param onProgress called on the thread that reads, after something was added; it must not block
     */
    public static EventTailReader start(Map<String, Object> clientProperties, EventTail tail, Runnable onProgress) {
        EventTailReader reader = new EventTailReader(clientProperties, tail, onProgress);
        reader.thread.start();
        return reader;
    }

    /** Whether what is kept is up to date; false while reading fails. */
    public boolean isReading() {
        return thread.isAlive() && !health.isFailing();
    }

    private void run() {
        boolean assigned = false;
        while (!closed) {
            try {
                if (!assigned) {
                    assign();
                    assigned = true;
                }
                read();
                health.works();
            } catch (WakeupException e) {
                LOG.debug("Woken up to close");
            } catch (KafkaException e) {
                health.failed(e);
                pause();
            } catch (RuntimeException | StackOverflowError e) {
                // It may have stopped half-way: what is kept begins anew.
                assigned = false;
                health.failed(e);
                pause();
            }
        }
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    private void assign() {
        consumer.assign(partitions);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        endsAtStart = consumer.endOffsets(partitions);
        long back = EVENTS_BACK / partitions.size();
        for (TopicPartition partition : partitions) {
            long from =
                    Math.max(beginnings.getOrDefault(partition, 0L), endsAtStart.getOrDefault(partition, 0L) - back);
            consumer.seek(partition, from);
            tail.begin(partition.partition(), from);
        }
    }

    private void read() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (record.key() != null && EventText.isOne(record.value())) {
                String limit = new String(record.key(), StandardCharsets.UTF_8);
                tail.add(new KeptEvent(record.partition(), record.offset(), limit, record.value()));
            } else if (!PartitionNote.is(record.key(), record.headers())) {
                health.passedOver(record, "it has no key, or its value is not one line of JSON");
            }
        }
        partitions.forEach(partition -> tail.seen(partition.partition(), consumer.position(partition)));
        if (!tail.hasCaughtUp() && hasReachedEnds()) {
            tail.markCaughtUp();
        }
        onProgress.run();
    }

    private boolean hasReachedEnds() {
        return endsAtStart.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private static Map<String, Object> settings(Map<String, Object> clientProperties) {
        // What a reader gets is final, and each event comes once.
        return ClientDefaults.ofReader(clientProperties, IsolationLevel.READ_COMMITTED);
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
