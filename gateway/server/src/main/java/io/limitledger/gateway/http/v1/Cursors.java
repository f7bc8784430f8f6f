package io.limitledger.gateway.http.v1;

import io.limitledger.gateway.view.KeyInView;
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

    static String write(KeyInView.Position position) {
        return encoded(position.occupiedMicros() + ":" + position.taken() + ":" + position.key());
    }

    /** Null if the text is no such cursor. */
    static KeyInView.@Nullable Position key(String text) {
        return read(
                text, 3, parts -> new KeyInView.Position(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]));
    }

    /** Null if the text is no such cursor. */
    static @Nullable LeaseCursor lease(String text) {
        return read(text, 2, parts -> new LeaseCursor(Long.parseLong(parts[0]), UUID.fromString(parts[1])));
    }

    /** Null if the text is no such cursor. */
    static @Nullable QueueCursor line(String text) {
        return read(text, 2, parts -> new QueueCursor(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static <T> @Nullable T read(String text, int count, Function<String[], T> reader) {
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            String[] parts = decoded.split(":", count);
            return parts.length == count ? reader.apply(parts) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
