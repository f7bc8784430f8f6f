package io.limitledger.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Headers of records. Each value is text in UTF-8, so that any producer can set it. */
public final class HeaderText {
    private HeaderText() {}

    public static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A header that many records can share. */
    static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The last header of a name; null if the record has none, or it has no value. */
    public static @Nullable String of(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /**
     * The last header of a name, if it is text in UTF-8; null if the record has none, or it has no value.
     *
     * @throws CharacterCodingException if it is not text
     */
    static @Nullable String strictly(Headers headers, String name) throws CharacterCodingException {
        Header header = headers.lastHeader(name);
        byte[] value = header == null ? null : header.value();
        if (value == null) {
            return null;
        }
        for (byte character : value) {
            if (character < 0) {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(value))
                        .toString();
            }
        }
        return new String(value, StandardCharsets.ISO_8859_1);
    }
}
