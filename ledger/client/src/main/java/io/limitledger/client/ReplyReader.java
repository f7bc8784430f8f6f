package io.limitledger.client;

import io.limitledger.topics.ClientDefaults;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.ReplyRecord;
import io.limitledger.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one partition of the replies, from its end on, and hands each answer to whoever waits for it. The partition is
 * assigned, not subscribed to: an asker knows where its answers go, and no rebalance can take them away.
 */
final class ReplyReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);
    private static final long CLOSE_MILLIS = 2_000;

    private final Consumer<byte[], byte[]> consumer;
    private final byte[] askerId;
    private final TopicPartition partition;
    private final PendingCommands pending;
    private final Thread thread;
    private final ReaderHealth health = new ReaderHealth(LOG, "replies");
    private volatile boolean ready;
    private volatile boolean closed;

    private ReplyReader(Map<String, Object> clientProperties, String askerId, int partition, PendingCommands pending) {
        this.consumer = new KafkaConsumer<>(settings(clientProperties));
        this.askerId = askerId.getBytes(StandardCharsets.UTF_8);
        this.partition = new TopicPartition(LedgerTopics.REPLIES, partition);
        this.pending = pending;
        this.thread = new Thread(this::run, "ledger-client-replies");
        thread.setDaemon(true);
    }

    static ReplyReader start(
            Map<String, Object> clientProperties, String askerId, int partition, PendingCommands pending) {
        ReplyReader reader = new ReplyReader(clientProperties, askerId, partition, pending);
        reader.thread.start();
        return reader;
    }

    boolean isReady() {
        return ready && !health.isFailing() && thread.isAlive();
    }

    private void run() {
        consumer.assign(List.of(partition));
        while (!closed) {
            try {
                read();
                health.works();
            } catch (WakeupException e) {
                LOG.debug("Woken up to close");
            } catch (RuntimeException | StackOverflowError e) {
                health.failed(e);
                pause();
            }
        }
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    private void read() {
        if (!ready) {
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition);
            ready = true;
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (Arrays.equals(record.key(), askerId)) {
                handOut(record);
            }
        }
    }

    private void handOut(ConsumerRecord<byte[], byte[]> record) {
        try {
            pending.answer(ReplyRecord.correlationId(record), ReplyRecord.read(record));
        } catch (UnreadableRecordException | RuntimeException | StackOverflowError e) {
            health.passedOver(record, String.valueOf(e.getMessage()));
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
        // Replies need not wait for the commit: the same commands would give the same replies.
        Map<String, Object> settings = ClientDefaults.ofReader(clientProperties, IsolationLevel.READ_UNCOMMITTED);
        // After a gap nothing older is of use.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
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
