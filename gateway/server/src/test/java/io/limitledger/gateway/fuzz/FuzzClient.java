package io.limitledger.gateway.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.limitledger.gateway.fuzz.FuzzedInput.Ending;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client on a socket of its own, which it keeps as long as the server does: one that reads, but otherwise knows no decency. */
final class FuzzClient implements AutoCloseable {
    /** Time runs fast for the server, so a request that waits longer than this was forgotten. */
    private static final int TIMEOUT_MILLIS = 20_000;

    /** What is longer may find the connection closed half-way. */
    private static final int SENT_AT_ONCE_BYTES = 65_536;

    private final int port;
    private @Nullable Socket socket;

    @SuppressWarnings("NullAway.Init")
    private InputStream in;

    FuzzClient(int port) {
        this.port = port;
    }

    /**
     * All answers that came.
     *
     * @throws IOException if one that is due does not come
     */
    List<RawAnswer> send(FuzzedInput input) throws IOException {
        boolean isFresh = socket == null;
        connect();
        try {
            write(input);
            return input.ending() == Ending.AWAIT ? awaited(input) : rest(input);
        } catch (IOException e) {
            close();
            throw new IOException((isFresh ? "on a new connection: " : "on a connection in use: ") + e, e);
        }
    }

    private void connect() throws IOException {
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }
    }

    /** A server may refuse what it has read of a request, and close before it has all; then its answer is there. */
    private void write(FuzzedInput input) throws IOException {
        try {
            socket.getOutputStream().write(input.bytes());
            if (input.ending() == Ending.SHUT) {
                socket.shutdownOutput();
            }
        } catch (SocketException e) {
            if (input.bytes().length < SENT_AT_ONCE_BYTES) {
                throw e;
            }
        }
    }

    private List<RawAnswer> awaited(FuzzedInput input) throws IOException {
        List<RawAnswer> answers = new ArrayList<>();
        boolean isHead = input.content().startsWith("HEAD ");
        while (answers.size() < input.requests()) {
            RawAnswer answer;
            try {
                answer = read(isHead && input.requests() == 1);
            } catch (SocketException e) {
                if (input.requests() == 1) {
                    throw e;
                }
                // What follows a broken request is not read, and so the answers before it may be lost.
                close();
                break;
            }
            if (answer == null && answers.isEmpty()) {
                throw new EOFException("Expected an answer, but the connection was closed");
            }
            if (answer != null) {
                answers.add(answer);
            }
            // A server may leave requests unanswered that follow a broken one.
            if (answer == null || answer.isLast()) {
                close();
                break;
            }
        }
        return answers;
    }

    private List<RawAnswer> rest(FuzzedInput input) throws IOException {
        List<RawAnswer> answers = new ArrayList<>();
        if (input.ending() == Ending.RESET) {
            socket.setSoLinger(true, 0);
        }
        boolean mayBeHead = input.mayAskForTheHeadOnly();
        RawAnswer answer = input.ending() == Ending.SHUT ? readOrReset(mayBeHead) : null;
        while (answer != null) {
            answers.add(answer);
            // Of a request for the head it is not known where its answer ends, if it is one still.
            answer = answer.isLast() || mayBeHead ? null : readOrReset(false);
        }
        close();
        return answers;
    }

    /** A client that sends bytes that are not read is reset. */
    private @Nullable RawAnswer readOrReset(boolean isHead) throws IOException {
        try {
            return read(isHead);
        } catch (SocketException | EOFException e) {
            return null;
        }
    }

    private @Nullable RawAnswer read(boolean isHead) throws IOException {
        String statusLine = line();
        while (statusLine != null && statusLine.startsWith("HTTP/1.1 100")) {
            headers();
            statusLine = line();
        }
        if (statusLine == null) {
            return null;
        }
        if (!statusLine.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
            byte[] rest = in.readNBytes(in.available());
            throw new IOException("Expected a status line, but got " + Bytes.story(statusLine.getBytes(ISO_8859_1))
                    + "\\n\n  " + Bytes.story(rest));
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        Map<String, String> headers = headers();
        return new RawAnswer(status, headers, isHead ? "" : new String(body(status, headers), ISO_8859_1));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(int status, Map<String, String> headers) throws IOException {
        if (status == 101
                || status == 204
                || status == 304
                || headers.getOrDefault("content-type", "").startsWith("text/event-stream")) {
            return new byte[0];
        }
        if (headers.containsKey("transfer-encoding")) {
            return chunks();
        }
        String length = headers.get("content-length");
        return length == null ? in.readAllBytes() : exactly(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        Bytes body = new Bytes();
        for (int length = chunkLength(); length > 0; length = chunkLength()) {
            body.add(exactly(length));
            line();
        }
        line();
        return body.toArray();
    }

    private int chunkLength() throws IOException {
        return Integer.parseInt(String.valueOf(line()), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("Expected " + length + " bytes, but got " + bytes.length);
        }
        return bytes;
    }

    /** Without its end; null at the end of the connection. */
    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            line.append((char) next);
            next = in.read();
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
