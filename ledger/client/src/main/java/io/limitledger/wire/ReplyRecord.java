package io.limitledger.wire;

import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Asker;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A reply as a record of a replies topic, with the command whose decision it is.
 *
 * @param partition of the commands topic
 * @param offset of the command; for a waiter, of the one that ended its wait
 * @param at epoch milliseconds by the broker's clock: when the command was appended; once it is read from its topic, when
 *     the reply was
 * @param events how many events the decision left
 */
public record ReplyRecord(Reply reply, int partition, long offset, long at, int events) {
    /** Version of the rules whose replies this reader knows: what a client says of itself, see {@link CommandRecord#REPLY_RULES}. */
    public static final int RULES = 4;

    /** Header: the partition of the command that was decided. */
    public static final String COMMAND_PARTITION = "command-partition";

    /** Header: the offset of the command that was decided. */
    public static final String COMMAND_OFFSET = "command-offset";

    /** Header: how many events the decision left; 0 if it changed nothing. */
    public static final String EVENTS = "events";

    /** Whether the decision left events, and so changed the state. */
    public boolean changed() {
        return events > 0;
    }

    /** What a client makes of the reply to a command of its own. */
    public ReplyRecord with(Reply other) {
        return new ReplyRecord(other, partition, offset, at, events);
    }

    /** The record that brings this to an asker. */
    public ProducerRecord<byte[], byte[]> to(Asker asker) {
        return to(asker, ReplyJson.write(OlderReplies.understoodBy(asker, reply)), partition, offset, events);
    }

    /** The same with any value, for a benchmark that needs no reply. */
    @SuppressWarnings("NullAway") // Records may have no key, which Kafka's types do not say.
    public static ProducerRecord<byte[], byte[]> to(Asker asker, byte[] value, int partition, long offset, int events) {
        byte[] key = asker.key().isEmpty() ? null : asker.key().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(asker.topic(), asker.partition(), key, value);
        Headers headers = record.headers();
        HeaderText.put(headers, CommandRecord.CORRELATION_ID, asker.correlationId());
        HeaderText.put(headers, COMMAND_PARTITION, Integer.toString(partition));
        HeaderText.put(headers, COMMAND_OFFSET, Long.toString(offset));
        HeaderText.put(headers, EVENTS, Integer.toString(events));
        return record;
    }

    /**
     * Reads a record of a replies topic.
     *
     * @throws UnreadableRecordException if a ledger did not write it
     */
    public static ReplyRecord read(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        Headers headers = record.headers();
        return new ReplyRecord(
                ReplyJson.read(record.value()),
                (int) number(headers, COMMAND_PARTITION),
                number(headers, COMMAND_OFFSET),
                record.timestamp(),
                (int) number(headers, EVENTS));
    }

    /** The command that a reply answers, in the words of its asker; empty if it has none. */
    public static String correlationId(ConsumerRecord<byte[], byte[]> record) {
        String id = HeaderText.of(record.headers(), CommandRecord.CORRELATION_ID);
        return id == null ? "" : id;
    }

    private static long number(Headers headers, String name) throws UnreadableRecordException {
        @Nullable String text = HeaderText.of(headers, name);
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UnreadableRecordException("Header " + name + " must be a number, but is '" + text + "'");
        }
    }
}
