package io.limitledger.wire;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.topics.LedgerTopics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An event as a record of the events topic. Beside the event are its hash in the chain of its limit, and the attributes of a
 * {@link CloudEvent}.
 */
public final class EventRecord {
    /** Header: hash over the limit's event before and this one's value; see {@link EventChain}. */
    public static final String HASH = "hash";

    private final LimitEvent event;
    private final byte[] value;
    private final @Nullable String hash;

    private EventRecord(LimitEvent event, byte[] value, @Nullable String hash) {
        this.event = event;
        this.value = value;
        this.hash = hash;
    }

    /**
     * An event to be written.
     *
     * @param previous hash of the event before it; null for the first of its limit
     */
    public static EventRecord after(@Nullable String previous, LimitEvent event) {
        byte[] value = EventJson.write(event);
        return new EventRecord(event, value, EventChain.hash(previous, value));
    }

    /**
     * Reads a record of the events topic.
     *
     * @throws UnreadableRecordException if its value is not an event
     */
    public static EventRecord read(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        return new EventRecord(EventJson.read(record.value()), record.value(), HeaderText.of(record.headers(), HASH));
    }

    public LimitEvent event() {
        return event;
    }

    /** The hash that its header states; null if a record that was read has none. */
    public @Nullable String hash() {
        return hash;
    }

    public byte[] key() {
        return event.limit().getBytes(StandardCharsets.UTF_8);
    }

    public byte[] value() {
        return value;
    }

    /**
     * All headers.
     *
     * @param partition of its command and of itself
     * @param index of this event among those of its command
     */
    public Headers headers(int partition, int index) {
        String id = partition + "-" + event.offset() + "-" + index;
        Headers headers = CloudEvent.headers(id, event.fact().type(), event.limit(), event.at());
        if (hash != null) {
            // At the end, where a reader of one header looks first.
            HeaderText.put(headers, HASH, hash);
        }
        return headers;
    }

    /** The record that adds it to a partition, outside of the ledger's topology. */
    public ProducerRecord<byte[], byte[]> to(int partition, int index) {
        return new ProducerRecord<>(
                LedgerTopics.EVENTS, partition, event.at(), key(), value, headers(partition, index));
    }
}
