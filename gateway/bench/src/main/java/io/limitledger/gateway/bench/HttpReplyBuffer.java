package io.limitledger.gateway.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What has come of an answer so far. It understands what this server and its floor send and nothing more. */
final class HttpReplyBuffer {
    private static final int BYTES = 8_192;
    private static final int STATUS_START = "HTTP/1.1 ".length();
    private static final String LENGTH = "\r\ncontent-length:";

    private final byte[] bytes = new byte[BYTES];
    private int filled;

    /** For the next answer on the same connection. */
    void clear() {
        filled = 0;
    }

    void fill(InputStream in) throws IOException {
        added(filled == bytes.length ? -1 : in.read(bytes, filled, bytes.length - filled));
    }

    /** Without waiting. */
    void fill(SocketChannel in) throws IOException {
        added(filled == bytes.length ? -1 : in.read(ByteBuffer.wrap(bytes, filled, bytes.length - filled)));
    }

    private void added(int read) throws EOFException {
        if (read < 0) {
            throw new EOFException("Expected a whole answer of at most " + BYTES + " bytes, but got: "
                    + new String(bytes, 0, filled, StandardCharsets.US_ASCII));
        }
        filled += read;
    }

    /** The answer; null as long as it is not all there. */
    @Nullable
    HttpReply reply() {
        int bodyStart = endOfHead();
        if (bodyStart < 0) {
            return null;
        }
        String head = new String(bytes, 0, bodyStart, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        int bodyBytes = contentLength(head);
        if (filled < bodyStart + bodyBytes) {
            return null;
        }
        int status = Integer.parseInt(head, STATUS_START, STATUS_START + 3, 10);
        return new HttpReply(status, new String(bytes, bodyStart, bodyBytes, StandardCharsets.UTF_8));
    }

    private int endOfHead() {
        for (int end = 4; end <= filled; end++) {
            if (bytes[end - 1] == '\n' && bytes[end - 2] == '\r' && bytes[end - 3] == '\n') {
                return end;
            }
        }
        return -1;
    }

    private static int contentLength(String head) {
        int start = head.indexOf(LENGTH);
        if (start >= 0) {
            int end = head.indexOf('\r', start + LENGTH.length());
            return Integer.parseInt(head.substring(start + LENGTH.length(), end).strip());
        }
        if (head.contains("\r\ntransfer-encoding:")) {
            throw new IllegalStateException("Expected an answer of a known length, but got: " + head);
        }
        return 0;
    }
}
