package io.limitledger.wire;

import io.limitledger.topics.ClientDefaults;
import io.limitledger.topics.LedgerTopics;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The keys of ledgers, read from {@code limits.ledgers}, which only ledgers may write and from which nothing is removed. An
 * id that is not known yet makes it read on to the end, so that a key that was published before is always found.
 */
public final class PublishedKeys implements LedgerKeys, AutoCloseable {
    private static final TopicPartition TOPIC = new TopicPartition(LedgerTopics.LEDGERS, 0);

    /** Longer than a broker is busy; after it the caller tries again. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Map<String, Object> clientProperties;
    private final Map<String, PublicKey> known = new HashMap<>();
    private @Nullable Consumer<byte[], byte[]> consumer;

    public PublishedKeys(Map<String, Object> clientProperties) {
        this.clientProperties = Map.copyOf(clientProperties);
    }

    @Override
    public synchronized @Nullable PublicKey key(String id) {
        PublicKey key = known.get(id);
        if (key == null) {
            readToTheEnd();
            key = known.get(id);
        }
        return key;
    }

    private void readToTheEnd() {
        Consumer<byte[], byte[]> reading = consumer();
        long end = Objects.requireNonNull(
                reading.endOffsets(List.of(TOPIC), PATIENCE).get(TOPIC));
        long startNanos = System.nanoTime();
        while (reading.position(TOPIC, PATIENCE) < end) {
            reading.poll(POLL).forEach(this::add);
            if (System.nanoTime() - startNanos > PATIENCE.toNanos()) {
                throw new TimeoutException("Could not read " + TOPIC + " up to offset " + end + " within "
                        + PATIENCE.toSeconds() + " s; check that this process may read that topic");
            }
        }
    }

    /** Anything else than a key under its own id was not written by a ledger. */
    private void add(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() != null && record.value() != null) {
            String id = new String(record.key(), StandardCharsets.UTF_8);
            PublicKey key = LedgerProof.publicKey(id, record.value());
            if (key != null) {
                known.put(id, key);
            }
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        if (consumer == null) {
            Map<String, Object> settings = ClientDefaults.with(clientProperties);
            settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
            consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            consumer.assign(List.of(TOPIC));
            consumer.seekToBeginning(List.of(TOPIC));
        }
        return consumer;
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }
}
