package io.limitledger.gateway.bench;

import io.limitledger.wire.RecordHeaders;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Stands where the ledger stands: reads each request and sends its reply at once. It decides nothing, keeps nothing and
 * has no transactions, so nothing that answers over Kafka can be much faster.
 */
final class Echo implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final String replies;
    private final TopicTail requests;

    private Echo(Map<String, Object> kafka, EchoTopics topics) {
        this.producer = new KafkaProducer<>(EchoSettings.producer(kafka));
        this.replies = topics.replies();
        this.requests = TopicTail.start(kafka, topics.requests(), topics.partitions(), this::reply);
    }

    static Echo start(Map<String, Object> kafka, EchoTopics topics) {
        return new Echo(kafka, topics);
    }

    private void reply(ConsumerRecord<byte[], byte[]> request) {
        ProducerRecord<byte[], byte[]> reply = new ProducerRecord<>(
                replies, EchoTopics.REPLY_PARTITION, request.key(), EchoRequest.replyTo(request.value()));
        String correlationId =
                Objects.requireNonNull(RecordHeaders.text(request.headers(), RecordHeaders.CORRELATION_ID));
        RecordHeaders.put(reply.headers(), RecordHeaders.CORRELATION_ID, correlationId);
        RecordHeaders.put(reply.headers(), RecordHeaders.COMMAND_PARTITION, Integer.toString(request.partition()));
        RecordHeaders.put(reply.headers(), RecordHeaders.COMMAND_OFFSET, Long.toString(request.offset()));
        RecordHeaders.put(reply.headers(), RecordHeaders.EVENTS, "1");
        Future<RecordMetadata> unused = producer.send(reply);
    }

    @Override
    public void close() throws InterruptedException {
        requests.close();
        producer.close();
    }
}
