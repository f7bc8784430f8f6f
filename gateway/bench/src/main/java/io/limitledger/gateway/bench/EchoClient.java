package io.limitledger.gateway.bench;

import io.limitledger.client.TopicFollower;
import io.limitledger.core.state.Asker;
import io.limitledger.wire.ReplyRecord;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Takes the place of the ledger's client: the same records to and fro, without bounds, time-outs or JSON. */
final class EchoClient implements AutoCloseable {
    private final String askerId = UUID.randomUUID().toString();
    private final Map<String, CompletableFuture<Void>> pending = new ConcurrentHashMap<>();
    private final AtomicLong lastCorrelationId = new AtomicLong();
    private final EchoTopics topics;
    private final Producer<byte[], byte[]> producer;
    private final TopicFollower replies;

    private EchoClient(Map<String, Object> kafka, EchoTopics topics) {
        this.topics = topics;
        this.producer = new KafkaProducer<>(EchoSettings.producer(kafka));
        this.replies = EchoTopics.follow(kafka, topics.replies(), EchoTopics.REPLY_PARTITION + 1, this::replied);
    }

    static EchoClient start(Map<String, Object> kafka, EchoTopics topics) {
        return new EchoClient(kafka, topics);
    }

    CompletableFuture<Void> send(EchoRequest request) {
        String correlationId = Long.toString(lastCorrelationId.incrementAndGet(), Character.MAX_RADIX);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        pending.put(correlationId, answer);
        Asker asker = new Asker(topics.replies(), EchoTopics.REPLY_PARTITION, askerId, correlationId);
        ProducerRecord<byte[], byte[]> record = request.to(topics.requests(), asker);
        Future<RecordMetadata> unused = producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    private void replied(ConsumerRecord<byte[], byte[]> reply) {
        CompletableFuture<Void> answer = pending.remove(ReplyRecord.correlationId(reply));
        if (answer != null) {
            answer.complete(null);
        }
    }

    @Override
    public void close() {
        producer.close();
        replies.close();
    }
}
