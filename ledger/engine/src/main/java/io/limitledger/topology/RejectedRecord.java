package io.limitledger.topology;

import io.limitledger.wire.HeaderText;
import io.limitledger.wire.ReplyRecord;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record of the commands topic that could not be read, or is not answered, with the reason. A record that is larger
 * decompressed than a topic takes is cut; its headers name its place in the commands topic, where the whole of it is.
 */
public final class RejectedRecord {
    /** Header: why. */
    public static final String REASON = "reason";

    /** Header, on records that had to be cut: how many bytes the value had. */
    public static final String ORIGINAL_BYTES = "original-bytes";

    /** Leaves room for key, headers and reason below the size of a request. */
    private static final int VALUE_BYTES = 1_000_000;

    private static final int KEY_BYTES = 100_000;
    private static final int HEADERS_BYTES = 100_000;

    /** Lengths, at most. Without it any number of empty headers would have no size. */
    private static final int BYTES_PER_HEADER = 10;

    private static final int BYTES_PER_CHARACTER = 3;

    private RejectedRecord() {}

    static Record<byte[], byte[]> of(Record<byte[], byte[]> record, RecordMetadata place, String reason) {
        Headers headers = new RecordHeaders();
        if (size(record.headers()) <= HEADERS_BYTES) {
            record.headers().forEach(headers::add);
        }
        HeaderText.put(headers, REASON, reason);
        HeaderText.put(headers, ReplyRecord.COMMAND_PARTITION, Integer.toString(place.partition()));
        HeaderText.put(headers, ReplyRecord.COMMAND_OFFSET, Long.toString(place.offset()));
        byte[] value = record.value();
        if (value != null && value.length > VALUE_BYTES) {
            HeaderText.put(headers, ORIGINAL_BYTES, Integer.toString(value.length));
        }
        return new Record<>(cut(record.key(), KEY_BYTES), cut(value, VALUE_BYTES), record.timestamp(), headers);
    }

    private static long size(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += BYTES_PER_HEADER
                    + header.key().length() * BYTES_PER_CHARACTER
                    + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    @SuppressWarnings("NullAway") // Records may have neither key nor value, which Kafka's types do not say.
    private static byte[] cut(byte @Nullable [] bytes, int most) {
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }
}
