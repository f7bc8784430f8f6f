package io.limitledger.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of a session that keeps the lines that come; a line "closed CODE REASON" is the end. */
public final class SessionClient implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuilder message = new StringBuilder();
    private WebSocket socket;

    public static SessionClient connect(int port) {
        return connect(CLIENT.newWebSocketBuilder(), port);
    }

    public static SessionClient connect(int port, String token) {
        return connect(CLIENT.newWebSocketBuilder().header("Authorization", "Bearer " + token), port);
    }

    private static SessionClient connect(WebSocket.Builder builder, int port) {
        return connect(builder, port, "/v1/session");
    }

    /** A client of another socket, whose lines are kept alike. */
    public static SessionClient connect(WebSocket.Builder builder, int port, String path) {
        SessionClient client = new SessionClient();
        client.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + path), client)
                .join();
        return client;
    }

    public void send(String... asks) {
        socket.sendText(String.join("\n", asks), true).join();
    }

    public void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** The next line; what is closed is returned as such. */
    public String line() {
        try {
            String line = lines.poll(10, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("nothing came for 10 s");
            }
            return line;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public JsonNode next() {
        String line = line();
        try {
            return HttpJson.read(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    public boolean isQuiet() {
        return lines.isEmpty();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        message.append(part);
        if (last) {
            message.toString().lines().forEach(lines::add);
            message.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        lines.add("closed " + code + " " + reason);
        return null;
    }

    /** Without a word. */
    public void abort() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
