package io.limitledger.topology;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.state.Asker;
import io.limitledger.topics.ClientDefaults;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.LedgerProof;
import io.limitledger.wire.LedgerSigner;
import io.limitledger.wire.ReplyRecord;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Replies and ticks by plain producers, outside of any transaction; and which way a reply takes. A failure is counted and
 * not retried: an asker without a reply asks again, and a tick that is lost is sent again.
 */
public final class KafkaOutbox implements Outbox, AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final ForeignReplies foreign;
    private final LocalDelivery local;
    private final int replyPartitions;
    private final LedgerMetrics metrics;
    private final LedgerSigner signer;
    private final AtomicBoolean isPublishing = new AtomicBoolean();
    private volatile boolean isKeyPublished;

    /** The way to clients of the ledger's own process. A reply that takes it does not travel over Kafka. */
    @FunctionalInterface
    public interface LocalDelivery {
        /** Without clients in the same process. */
        LocalDelivery NONE = (asker, reply) -> false;

        /**
         * Must not block: the ledger waits for it.
         *
         * @return false if the asker is not one of these clients, or takes no more for now
         */
        boolean deliver(Asker asker, ReplyRecord reply);
    }

    /**
     * Of a ledger.
     *
     * @param local to clients that need no reply over Kafka
     * @param signer whose key this publishes; until that is acknowledged nothing is signed with it, and so not sent
     */
    public KafkaOutbox(
            Map<String, Object> clientProperties,
            int replyPartitions,
            LocalDelivery local,
            LedgerMetrics metrics,
            LedgerSigner signer) {
        this.signer = signer;
        this.producer = new KafkaProducer<>(settings(clientProperties));
        this.foreign = new ForeignReplies(settings(clientProperties), new ForeignTopics(clientProperties), metrics);
        this.local = local;
        this.replyPartitions = replyPartitions;
        this.metrics = metrics;
        publishKey();
    }

    private static Map<String, Object> settings(Map<String, Object> clientProperties) {
        Map<String, Object> settings = ClientDefaults.with(clientProperties);
        // An asker waits for each of them.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // What gathers meanwhile goes in the next request: a request for each would cost the broker far more.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // In order and without repeats, as far as that costs nothing.
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        // The stream thread sends them, and must not be blocked for long while Kafka is away.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 500);
        // By then the asker has given up, whatever the operator allows other requests.
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ClientDefaults.REQUEST_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }

    @Override
    public void send(Asker asker, ReplyRecord reply) {
        if (!asker.topic().equals(LedgerTopics.REPLIES)) {
            foreign.send(reply.to(asker));
        } else if (asker.partition() >= replyPartitions) {
            metrics.sendFailed("reply");
        } else if (mustTravel(reply) || !local.deliver(asker, reply)) {
            send(reply.to(asker), "reply");
        }
    }

    /** An asker that is promised a later start learns from the reply's record what time it is by the broker's clock. */
    private static boolean mustTravel(ReplyRecord reply) {
        return reply.reply() instanceof Granted granted && granted.lease().startsAt() > reply.at();
    }

    @Override
    public void send(LimitCommand command, int partition, @Nullable String by) {
        CommandRecord record = new CommandRecord(command, null, by);
        if (!LedgerProof.isNeeded(command)) {
            send(record.to(partition), "command");
        } else if (isKeyPublished) {
            send(record.to(partition, signer), "command");
        } else {
            publishKey();
            metrics.sendFailed("command");
        }
    }

    /** A ledger that does not find a key at once would reject what it signed; so the key must be there before. */
    private void publishKey() {
        if (!isPublishing.compareAndSet(false, true)) {
            return;
        }
        try {
            Future<RecordMetadata> unused = producer.send(signer.keyRecord(), (metadata, failure) -> {
                isKeyPublished = failure == null;
                isPublishing.set(failure == null);
            });
        } catch (KafkaException e) {
            isPublishing.set(false);
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record, String what) {
        try {
            Future<RecordMetadata> unused = producer.send(record, (metadata, failure) -> {
                if (failure != null) {
                    metrics.sendFailed(what);
                }
            });
        } catch (KafkaException e) {
            metrics.sendFailed(what);
        }
    }

    /** For the producer's metrics. */
    public Producer<byte[], byte[]> producer() {
        return producer;
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
        foreign.close();
    }
}
