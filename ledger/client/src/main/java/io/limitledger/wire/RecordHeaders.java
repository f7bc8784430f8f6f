package io.limitledger.wire;

import io.limitledger.core.state.Asker;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Names and forms of the headers beside commands and replies. All values are text, so that any producer can set them. */
public final class RecordHeaders {
    /** On commands and replies: ties them together. Chosen by the asker. */
    public static final String CORRELATION_ID = "correlation-id";

    /** On commands: where the reply goes. Without it there is no reply. */
    public static final String REPLY_TOPIC = "reply-topic";

    /** On commands: its partition, a decimal number; 0 if not given. */
    public static final String REPLY_PARTITION = "reply-partition";

    /** On commands: the key that the reply will have; none if not given. */
    public static final String REPLY_KEY = "reply-key";

    /** On rejected records: why. */
    public static final String REASON = "reason";

    /** On rejected records that had to be cut: how many bytes the value had. */
    public static final String ORIGINAL_BYTES = "original-bytes";

    /** A waiter's address is kept in the state; nobody needs a longer name for a topic, a key or a correlation id. */
    private static final int ADDRESS_CHARACTERS = 255;

    private RecordHeaders() {}

    /** Who asked, or null if no reply is wanted, or it is addressed with names beyond all measure. */
    public static @Nullable Asker asker(Headers headers) {
        String topic = text(headers, REPLY_TOPIC);
        String key = orEmpty(text(headers, REPLY_KEY));
        String correlationId = orEmpty(text(headers, CORRELATION_ID));
        if (topic == null || topic.isEmpty() || isTooLong(topic) || isTooLong(key) || isTooLong(correlationId)) {
            return null;
        }
        return new Asker(topic, number(text(headers, REPLY_PARTITION)), key, correlationId);
    }

    private static boolean isTooLong(String text) {
        return text.length() > ADDRESS_CHARACTERS;
    }

    public static void add(Headers headers, Asker asker) {
        put(headers, CORRELATION_ID, asker.correlationId());
        put(headers, REPLY_TOPIC, asker.topic());
        put(headers, REPLY_PARTITION, Integer.toString(asker.partition()));
        put(headers, REPLY_KEY, asker.key());
    }

    public static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    public static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** What is no partition becomes 0: a reply in the wrong place is better than a stopped ledger. */
    private static int number(@Nullable String text) {
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
}
