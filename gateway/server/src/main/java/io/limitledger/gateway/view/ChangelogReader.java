package io.limitledger.gateway.view;

import io.limitledger.client.ReaderHealth;
import io.limitledger.topics.ClientDefaults;
import io.limitledger.topics.LedgerTopics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the changelog of the ledger's store from its beginning, and goes on reading. */
final class ChangelogReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangelogReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);
    private static final long CLOSE_MILLIS = 2_000;

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final ViewState state;
    private final ViewPosition position;
    private final Thread thread;
    private Map<TopicPartition, Long> ends = Map.of();
    private volatile CompletableFuture<Void> ready = new CompletableFuture<>();
    private final ReaderHealth health = new ReaderHealth(LOG, "the changelog");
    private volatile boolean closed;

    private ChangelogReader(
            Map<String, Object> clientProperties, int partitions, ViewState state, ViewPosition position) {
        this.consumer = new KafkaConsumer<>(settings(clientProperties));
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(LedgerTopics.CHANGELOG, partition))
                .toList();
        this.state = state;
        this.position = position;
        this.thread = new Thread(this::run, "limits-view");
        thread.setDaemon(true);
    }

    static ChangelogReader start(
            Map<String, Object> clientProperties, int partitions, ViewState state, ViewPosition position) {
        ChangelogReader reader = new ChangelogReader(clientProperties, partitions, state, position);
        reader.thread.start();
        return reader;
    }

    /** Whether all has been seen that there was at the start, and reading does not fail. */
    boolean isReading() {
        return ready.isDone() && !health.isFailing() && thread.isAlive();
    }

    /** Completes when all has been seen that there was at the start, or when the view began anew. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    private void run() {
        boolean assigned = false;
        while (!closed) {
            try {
                if (!assigned) {
                    assigned = assign();
                }
                if (assigned) {
                    read();
                } else {
                    pause();
                }
                health.works();
            } catch (WakeupException e) {
                LOG.debug("Woken up to close");
            } catch (KafkaException e) {
                health.failed(e);
                pause();
            } catch (RuntimeException | StackOverflowError e) {
                // It may have stopped half-way: the view is made anew, from the beginning.
                assigned = false;
                ready = ready.isDone() ? new CompletableFuture<>() : ready;
                health.failed(e);
                pause();
            }
        }
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    /** The changelog is made by the first ledger that starts, which may be later than this gateway. */
    private boolean assign() {
        List<PartitionInfo> found = consumer.partitionsFor(LedgerTopics.CHANGELOG);
        if (found == null || found.size() < partitions.size()) {
            return false;
        }
        ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        state.clear();
        return true;
    }

    private void read() {
        apply(consumer.poll(POLL));
        position.wake();
        if (ready.isDone()) {
            position.gather();
        } else if (hasReachedEnds()) {
            ready.complete(null);
        }
    }

    private boolean hasReachedEnds() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Only the last record of each key: a busy limit's own comes with every decision. */
    private void apply(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> last = new LinkedHashMap<>();
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                if (record.key() == null) {
                    health.passedOver(record, "it has no key");
                } else {
                    ByteBuffer key = ByteBuffer.wrap(record.key());
                    last.remove(key);
                    last.put(key, record);
                }
            }
            long offset = state.apply(last.values(), health::passedOver);
            position.seen(partition.partition(), offset);
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY_PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private static Map<String, Object> settings(Map<String, Object> clientProperties) {
        // As early as the replies, so that no caller waits for a commit to see what was answered.
        Map<String, Object> settings = ClientDefaults.ofReader(clientProperties, IsolationLevel.READ_UNCOMMITTED);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        return settings;
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
