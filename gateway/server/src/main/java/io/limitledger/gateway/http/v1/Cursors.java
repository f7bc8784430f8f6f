package io.limitledger.gateway.http.v1;

import io.limitledger.gateway.view.LeaseCursor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cursors as text that clients hand back as it came. Encoded, so that clients are not tempted to make their own. */
final class Cursors {
    private Cursors() {}

    static String write(LeaseCursor cursor) {
        return encoded(cursor.expiresAt() + ":" + cursor.leaseId());
    }

    static String write(QueueCursor cursor) {
        return encoded(cursor.mark() + ":" + cursor.ahead());
    }

    /** Null if the text is no such cursor. */
    static @Nullable LeaseCursor lease(String text) {
        return read(text, parts -> new LeaseCursor(Long.parseLong(parts[0]), UUID.fromString(parts[1])));
    }

    /** Null if the text is no such cursor. */
    static @Nullable QueueCursor line(String text) {
        return read(text, parts -> new QueueCursor(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static <T> @Nullable T read(String text, Function<String[], T> reader) {
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            String[] parts = decoded.split(":", -1);
            return parts.length == 2 ? reader.apply(parts) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
