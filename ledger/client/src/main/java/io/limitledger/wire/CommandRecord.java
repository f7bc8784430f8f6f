package io.limitledger.wire;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Bounds;
import io.limitledger.topics.LedgerTopics;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A command as a record of the commands topic.
 *
 * @param asker to whom the ledger replies; null if no reply is wanted
 * @param by name of the principal that asks for it; null if none is named
 */
public record CommandRecord(
        LimitCommand command,
        @Nullable Asker asker,
        @Nullable String by) {
    /**
     * Header: name of the principal on whose behalf the command is sent, text in UTF-8 of 1 to {@link
     * Bounds#PRINCIPAL_CHARACTERS} characters without control characters. The events that it causes carry the name, and the lease
     * that it acquires belongs to it. A gateway sends it for whom it has authenticated; of any other producer it is what that says.
     */
    public static final String BY = "by";

    /** Header, on the reply as well: ties them together. Chosen by the asker. */
    public static final String CORRELATION_ID = "correlation-id";

    /** Header: the topic of the reply. Without it the ledger sends none. Who waits is remembered, so its name is part of deciding. */
    public static final String REPLY_TOPIC = "reply-topic";

    /** Header: the partition of the reply, a decimal number; 0 if not given. */
    public static final String REPLY_PARTITION = "reply-partition";

    /** Header: the key of the reply; none if not given. */
    public static final String REPLY_KEY = "reply-key";

    /**
     * Header: the version of the rules whose replies the asker can read, a decimal number; not given, those of version 2. What it
     * cannot read is left out of its replies, or said in the older words.
     */
    public static final String REPLY_RULES = "reply-rules";

    /** A waiter's address is kept in the state, and a topic, a key or a correlation id needs no longer name. */
    private static final int ADDRESS_CHARACTERS = 255;

    /** Versions before do not know that header. */
    private static final int REPLY_RULES_SINCE = 3;

    private static final String HOW_TO_SAY_BY =
            "send the name of the principal that asks for it, such as 'service:billing', or leave the header out";

    /** Versions before do not know the header {@link #BY}. */
    private static final int BY_SINCE = LimitCommand.OWNERS_SINCE;

    /** One that names no principal. */
    public CommandRecord(LimitCommand command, @Nullable Asker asker) {
        this(command, asker, null);
    }

    /** The record that brings this to a partition. */
    public ProducerRecord<byte[], byte[]> to(int partition) {
        String limit = command.limit();
        byte[] key = limit == null ? null : limit.getBytes(StandardCharsets.UTF_8);
        Headers headers = headers(asker);
        if (by != null) {
            HeaderText.put(headers, BY, by);
        }
        return new ProducerRecord<>(LedgerTopics.COMMANDS, partition, key, CommandJson.write(command), headers);
    }

    /** The same with the proof that a ledger sent it. */
    public ProducerRecord<byte[], byte[]> to(int partition, LedgerSigner signer) {
        ProducerRecord<byte[], byte[]> record = to(partition);
        signer.sign(record.headers(), partition, record.key(), record.value(), by);
        return record;
    }

    /** The headers that name an asker. */
    public static Headers headers(@Nullable Asker asker) {
        Headers headers = new RecordHeaders();
        if (asker != null) {
            HeaderText.put(headers, CORRELATION_ID, asker.correlationId());
            HeaderText.put(headers, REPLY_TOPIC, asker.topic());
            HeaderText.put(headers, REPLY_PARTITION, Integer.toString(asker.partition()));
            HeaderText.put(headers, REPLY_KEY, asker.key());
            if (asker.rules() > 0) {
                HeaderText.put(headers, REPLY_RULES, Integer.toString(asker.rules()));
            }
        }
        return headers;
    }

    /** The asker that headers name; null if no reply is wanted, or a name in the address is longer than 255 characters. */
    public static @Nullable Asker asker(Headers headers) {
        return asker(headers, Integer.MAX_VALUE);
    }

    private static @Nullable Asker asker(Headers headers, int rules) {
        String topic = HeaderText.of(headers, REPLY_TOPIC);
        String key = orEmpty(HeaderText.of(headers, REPLY_KEY));
        String correlationId = orEmpty(HeaderText.of(headers, CORRELATION_ID));
        if (topic == null || topic.isEmpty() || isTooLong(topic) || isTooLong(key) || isTooLong(correlationId)) {
            return null;
        }
        int partition = numberOrZero(HeaderText.of(headers, REPLY_PARTITION));
        int understood = rules < REPLY_RULES_SINCE ? 0 : numberOrZero(HeaderText.of(headers, REPLY_RULES));
        return new Asker(topic, partition, key, correlationId, understood);
    }

    private static @Nullable String by(Headers headers, int rules) throws UnreadableRecordException {
        if (rules < BY_SINCE) {
            return null;
        }
        String by;
        try {
            by = HeaderText.strictly(headers, BY);
        } catch (CharacterCodingException e) {
            throw new UnreadableRecordException("Header " + BY + " is not text in UTF-8; " + HOW_TO_SAY_BY);
        }
        if (by != null && (by.isEmpty() || by.length() > Bounds.PRINCIPAL_CHARACTERS)) {
            throw new UnreadableRecordException("Header " + BY + " has " + by.length()
                    + " characters, but may have 1 to " + Bounds.PRINCIPAL_CHARACTERS + "; " + HOW_TO_SAY_BY);
        }
        if (by != null && by.chars().anyMatch(Character::isISOControl)) {
            throw new UnreadableRecordException("Header " + BY + " has control characters; " + HOW_TO_SAY_BY);
        }
        return by;
    }

    private static boolean isTooLong(String text) {
        return text.length() > ADDRESS_CHARACTERS;
    }

    /** What is not a partition becomes 0: a reply in the wrong place is better than a stopped ledger. */
    private static int numberOrZero(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /**
     * Reads commands, and tells them from records that are not. Part of deciding, and so the same for the ledger and for an
     * audit.
     *
     * @param partitions of the commands topic
     * @param rules version of the rules by which the commands are decided
     * @param keys of ledgers
     */
    public record Reader(int partitions, int rules, LedgerKeys keys) {
        /** As {@link #read(byte[], byte[], Headers, int)}. */
        public CommandRecord read(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
            return read(record.key(), record.value(), record.headers(), record.partition());
        }

        /**
         * Reads a record.
         *
         * @param partition in which it is
         * @throws UnreadableRecordException if it is not a command, or is in another partition than its limit, or only ledgers
         *     send such commands and it does not come from one, or it names a principal in a way that cannot be read
         */
        public CommandRecord read(byte @Nullable [] key, byte @Nullable [] value, Headers headers, int partition)
                throws UnreadableRecordException {
            LimitCommand command = CommandJson.read(value, rules);
            String limit = command.limit();
            if (limit != null) {
                requireKey(key, limit);
                requirePartition(limit, partition);
            }
            String by = by(headers, rules);
            LedgerProof.require(command, by, headers, key, value, partition, rules, keys);
            return new CommandRecord(command, asker(headers, rules), by);
        }

        private static void requireKey(byte @Nullable [] key, String limit) throws UnreadableRecordException {
            String found = key == null ? null : new String(key, StandardCharsets.UTF_8);
            if (!limit.equals(found)) {
                throw new UnreadableRecordException("Expected the name of the limit, '" + limit
                        + "', as the key of the record, but got " + (found == null ? "none" : "'" + found + "'"));
            }
        }

        /** A limit is decided in one partition only; a producer with another partitioner would make two limits of it. */
        private void requirePartition(String limit, int partition) throws UnreadableRecordException {
            int expected = LeaseIds.partition(limit, partitions);
            if (partition != expected) {
                throw new UnreadableRecordException("Expected commands of limit '" + limit + "' in partition "
                        + expected + " of " + LedgerTopics.COMMANDS
                        + " (murmur2 of the key), but got one in partition " + partition);
            }
        }
    }
}
