package io.limitledger.gateway.bench;

import io.limitledger.client.TopicFollower;
import io.limitledger.core.state.Asker;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.ReplyRecord;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Takes the place of the ledger: reads each request and sends its reply at once. It decides nothing, keeps nothing and
 * has no transactions, so nothing that answers over Kafka can be much faster.
 */
final class Echo implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final TopicFollower requests;

    private Echo(Map<String, Object> kafka, EchoTopics topics) {
        this.producer = new KafkaProducer<>(EchoSettings.producer(kafka));
        this.requests = EchoTopics.follow(kafka, topics.requests(), topics.partitions(), this::reply);
    }

    static Echo start(Map<String, Object> kafka, EchoTopics topics) {
        return new Echo(kafka, topics);
    }

    private void reply(ConsumerRecord<byte[], byte[]> request) {
        Asker asker = Objects.requireNonNull(CommandRecord.asker(request.headers()));
        byte[] value = EchoRequest.replyTo(request.value());
        Future<RecordMetadata> unused =
                producer.send(ReplyRecord.to(asker, value, request.partition(), request.offset(), 1));
    }

    @Override
    public void close() {
        requests.close();
        producer.close();
    }
}
