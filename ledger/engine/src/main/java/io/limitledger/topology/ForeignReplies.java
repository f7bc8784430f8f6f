package io.limitledger.topology;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Replies to topics that askers brought themselves. Such a topic may not exist, or not have that partition, and finding
 * out takes time; so they have a thread, a short queue and a producer of their own, and nobody else waits for them.
 */
final class ForeignReplies implements AutoCloseable {
    /** More than this outstanding means that the topics are not there; what does not fit is dropped and counted. */
    private static final int QUEUE = 10_000;

    private final Map<String, Object> producerSettings;
    private final ForeignTopics topics;
    private final LedgerMetrics metrics;
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), ForeignReplies::daemon);

    private @Nullable Producer<byte[], byte[]> producer;

    ForeignReplies(Map<String, Object> producerSettings, ForeignTopics topics, LedgerMetrics metrics) {
        this.producerSettings = producerSettings;
        this.topics = topics;
        this.metrics = metrics;
        thread.allowCoreThreadTimeOut(true);
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        try {
            thread.execute(() -> sendNow(record));
        } catch (RejectedExecutionException e) {
            metrics.sendFailed("reply");
        }
    }

    private void sendNow(ProducerRecord<byte[], byte[]> record) {
        try {
            if (record.partition() >= topics.partitions(record.topic())) {
                metrics.sendFailed("reply");
                return;
            }
            Future<RecordMetadata> unused = producer().send(record, (metadata, failure) -> {
                if (failure != null) {
                    metrics.sendFailed("reply");
                }
            });
        } catch (KafkaException e) {
            metrics.sendFailed("reply");
        }
    }

    private Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(producerSettings);
        }
        return producer;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "foreign-replies");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        thread.getQueue().clear();
        thread.execute(() -> {
            if (producer != null) {
                producer.close(Duration.ofSeconds(1));
            }
            topics.close();
        });
        thread.shutdown();
    }
}
