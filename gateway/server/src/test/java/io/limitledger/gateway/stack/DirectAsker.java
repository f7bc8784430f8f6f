package io.limitledger.gateway.stack;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Asks the ledger with nothing but Kafka's own client: the Java example of the page for direct producers. */
final class DirectAsker implements AutoCloseable {
    private static final String REPLIES = "billing-replies";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Producer<String, String> commands;
    private final Consumer<String, String> replies;
    private final Map<String, String> arrived = new HashMap<>();

    DirectAsker(String bootstrapServers) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        commands = new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer());
        replies = new KafkaConsumer<>(kafka, new StringDeserializer(), new StringDeserializer());
        TopicPartition partition = new TopicPartition(REPLIES, 0);
        replies.assign(List.of(partition));
        replies.seekToEnd(List.of(partition));
        // Looked up now, and not at the first poll, which would be too late.
        replies.position(partition);
    }

    /** Sends a command and returns its reply. */
    String ask(String limit, String command) {
        return reply(send(limit, command), PATIENCE);
    }

    /** Sends a command. Its reply comes under the correlation id that is returned. */
    String send(String limit, String command) {
        String correlationId = UUID.randomUUID().toString();
        ProducerRecord<String, String> record = new ProducerRecord<>("limits.commands", limit, command);
        record.headers().add("correlation-id", correlationId.getBytes(StandardCharsets.UTF_8));
        record.headers().add("reply-topic", REPLIES.getBytes(StandardCharsets.UTF_8));
        var unused = commands.send(record);
        return correlationId;
    }

    /** Waits for the reply to a command. If none comes, the outcome is unknown: send it again with the same lease id. */
    String reply(String correlationId, Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (!arrived.containsKey(correlationId)) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("No reply within " + patience.toSeconds() + " s");
            }
            replies.poll(Duration.ofMillis(100)).forEach(this::keep);
        }
        return arrived.remove(correlationId);
    }

    private void keep(ConsumerRecord<String, String> reply) {
        Header correlationId = reply.headers().lastHeader("correlation-id");
        // Another reply with the same correlation id says how the wait ended.
        boolean isQueued = reply.value().startsWith("{\"type\":\"Queued\"");
        if (correlationId != null && !isQueued) {
            arrived.put(new String(correlationId.value(), StandardCharsets.UTF_8), reply.value());
        }
    }

    @Override
    public void close() {
        commands.close();
        replies.close();
    }
}
