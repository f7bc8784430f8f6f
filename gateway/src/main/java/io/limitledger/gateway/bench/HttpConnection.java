package io.limitledger.gateway.bench;

import io.limitledger.core.command.LimitCommand;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A keep-alive connection of HTTP/1.1, one call at a time. It understands what this server and its floor send and nothing
 * more: on two cores a real client would take so much of the machine that one would measure the client.
 */
final class HttpConnection implements Caller {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 120_000;
    private static final int BUFFER_BYTES = 16_384;
    private static final int STATUS_START = "HTTP/1.1 ".length();
    private static final String LENGTH = "\r\ncontent-length:";

    private final Socket socket;
    private final String host;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;

    private HttpConnection(Socket socket, URI server) {
        this.socket = socket;
        this.host = server.getAuthority();
    }

    static HttpConnection open(URI server) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_MILLIS);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_MILLIS);
        return new HttpConnection(socket, server);
    }

    @Override
    public void call(LimitCommand command) throws IOException {
        send(HttpCall.of(command)).orFail();
    }

    HttpReply send(HttpCall call) throws IOException {
        socket.getOutputStream().write(bytes(call));
        filled = 0;
        int bodyStart = readHead();
        String head = new String(buffer, 0, bodyStart, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        int bodyEnd = bodyStart + contentLength(head);
        while (filled < bodyEnd) {
            fill();
        }
        int status = Integer.parseInt(head, STATUS_START, STATUS_START + 3, 10);
        return new HttpReply(status, new String(buffer, bodyStart, bodyEnd - bodyStart, StandardCharsets.UTF_8));
    }

    private byte[] bytes(HttpCall call) {
        String text = call.method().name() + " " + call.path() + " HTTP/1.1\r\nHost: " + host
                + (call.body().isEmpty()
                        ? ""
                        : "\r\nContent-Type: application/json\r\nContent-Length: "
                                + call.body().length())
                + "\r\n\r\n" + call.body();
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns where the body starts. */
    private int readHead() throws IOException {
        int looked = 0;
        while (true) {
            fill();
            for (int end = Math.max(looked, 4); end <= filled; end++) {
                if (buffer[end - 1] == '\n' && buffer[end - 2] == '\r' && buffer[end - 3] == '\n') {
                    return end;
                }
            }
            looked = filled;
        }
    }

    private void fill() throws IOException {
        InputStream in = socket.getInputStream();
        int read = filled == buffer.length ? -1 : in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            throw new EOFException("Expected a whole answer of at most " + BUFFER_BYTES + " bytes, but got: "
                    + new String(buffer, 0, filled, StandardCharsets.US_ASCII));
        }
        filled += read;
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

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
