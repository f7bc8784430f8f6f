package io.limitledger.holder;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.limitledger.holder.GatewayAsk.Answer;
import io.limitledger.timer.Timer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one connection over which a process asks a gateway. Asks are sent by the threads that ask; those that come while a
 * message is on its way are sent in the next, together. Answers come in any order. When the connection ends, what is not
 * answered fails, and is asked again by its owner under its own lease id, over the next connection.
 *
 * <p>Where the upgrade is refused (an older gateway, a proxy that does not know it, too many sessions), asks take the other way for
 * a minute, and then it is tried again.
 */
final class GatewaySession {
    /** A proxy that does not let it through today may be configured otherwise tomorrow. */
    static final long REFUSED_MILLIS = 60_000;

    /** A gateway that has as many sessions as it may, or is stopping. */
    private static final int BUSY = 503;

    private static final long BUSY_MILLIS = 2_000;

    /** Connections that break off before the upgrade is answered, as they also do while a gateway restarts. */
    private static final int MOST_BROKEN_UPGRADES = 5;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** In UTF-8 at most 48 KiB, of the 64 KiB that a gateway takes. */
    private static final int MESSAGE_CHARACTERS = 16 * 1_024;

    private static final long SWEEP_MILLIS = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GatewayAddress gateway;
    private final HttpClient client;
    private final Timer timer;
    private final Consumer<GatewayAsk<?>> otherwise;
    private final BiConsumer<UUID, String> whenLost;

    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, Open> unanswered = new LinkedHashMap<>();
    private final Deque<Open> unsent = new ArrayDeque<>();
    private @Nullable Connection connection;
    private boolean isClosed;
    private boolean isSweeping;
    private long refusedUntilMillis;
    private int brokenUpgrades;
    private boolean isRefused;

    /** An ask that is not answered, with its frame. */
    private record Open(long id, GatewayAsk<?> ask, String frame, long deadlineMillis) {}

    /**
     * A session that connects with the first ask.
     *
     * @param otherwise takes what cannot be asked in a session
     * @param whenLost is told of a lease that has ended otherwise than by a release here, and why
     */
    GatewaySession(
            GatewayAddress gateway,
            HttpClient client,
            Timer timer,
            Consumer<GatewayAsk<?>> otherwise,
            BiConsumer<UUID, String> whenLost) {
        this.gateway = gateway;
        this.client = client;
        this.timer = timer;
        this.otherwise = otherwise;
        this.whenLost = whenLost;
    }

    void ask(GatewayAsk<?> ask) {
        // The id and the kind need no escapes.
        long id = lastId.incrementAndGet();
        String frame = "{\"id\":" + id + ",\"" + ask.kind() + "\":" + ask.body() + "}";
        Open open = new Open(id, ask, frame, timer.nowMillis() + ask.patienceMillis());
        Connection sender = null;
        boolean isElsewhere;
        synchronized (this) {
            isElsewhere = isClosed || (isRefused && timer.nowMillis() < refusedUntilMillis);
            if (!isElsewhere) {
                unanswered.put(id, open);
                unsent.add(open);
                if (connection == null) {
                    connection = new Connection();
                    sender = connection;
                } else if (connection.isFree()) {
                    sender = connection;
                }
                sweepLater();
            }
        }
        if (isElsewhere) {
            otherwise.accept(ask);
        } else if (sender != null) {
            sender.go();
        }
    }

    /** Whether what is asked from now on is decided behind what has been asked. */
    synchronized boolean isOpen() {
        return connection != null && connection.socket != null;
    }

    /** Whether the end of this lease would be reported. */
    boolean watches(UUID leaseId) {
        Connection current;
        synchronized (this) {
            current = connection;
        }
        return current != null && current.watched.contains(leaseId);
    }

    private void sweepLater() {
        if (!isSweeping) {
            isSweeping = true;
            Runnable unused = timer.in(SWEEP_MILLIS, this::sweep);
        }
    }

    /** Ends asks whose time is over. If nothing at all has come since the first of them, the connection is dead. */
    private void sweep() {
        long now = timer.nowMillis();
        List<Open> overdue = new ArrayList<>();
        Connection dead = null;
        synchronized (this) {
            isSweeping = false;
            for (Open open : unanswered.values()) {
                if (open.deadlineMillis <= now) {
                    overdue.add(open);
                }
            }
            overdue.forEach(open -> unanswered.remove(open.id));
            unsent.removeAll(overdue);
            if (!overdue.isEmpty()
                    && connection != null
                    && connection.isSilentSince(now - overdue.get(0).ask.patienceMillis())) {
                dead = connection;
            }
            if (!unanswered.isEmpty()) {
                sweepLater();
            }
        }
        IllegalStateException late = new IllegalStateException(
                "Expected an answer of the gateway at " + gateway + " in time, but none came");
        overdue.forEach(open -> open.ask.failed(late));
        if (dead != null) {
            dead.end(late);
        }
    }

    void close() {
        Connection last;
        synchronized (this) {
            isClosed = true;
            last = connection;
        }
        if (last != null) {
            last.close();
        }
    }

    /** One connection, from when it is asked for until it has ended. */
    private final class Connection implements WebSocket.Listener {
        private final Set<UUID> watched = ConcurrentHashMap.newKeySet();
        private final StringBuilder message = new StringBuilder();
        private volatile @Nullable WebSocket socket;
        private volatile long heardMillis = timer.nowMillis();
        private boolean isSending = true;

        /** Connects, or sends what has gathered. */
        void go() {
            if (socket != null) {
                sendNext();
                return;
            }
            WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(CONNECT_TIMEOUT);
            if (gateway.authorization() != null) {
                builder.header("Authorization", gateway.authorization());
            }
            URI address = URI.create(gateway.url().replaceFirst("(?i)^http", "ws") + "/v1/session");
            CompletableFuture<WebSocket> unused =
                    builder.buildAsync(address, this).whenComplete((open, failure) -> connected(open, failure));
        }

        private void connected(@Nullable WebSocket open, @Nullable Throwable failure) {
            if (open != null) {
                synchronized (GatewaySession.this) {
                    brokenUpgrades = 0;
                }
                heardMillis = timer.nowMillis();
                socket = open;
                sendNext();
                return;
            }
            IllegalStateException reason = new IllegalStateException(
                    "Expected to reach the gateway at " + gateway + ", but " + Failures.cause(failure), failure);
            if (Failures.isUnconnected(failure)) {
                end(reason);
            } else if (Failures.cause(failure) instanceof WebSocketHandshakeException refusal) {
                boolean isBusy = refusal.getResponse().statusCode() == BUSY;
                refuse(isBusy ? BUSY_MILLIS : REFUSED_MILLIS);
            } else if (Failures.cause(failure) instanceof HttpTimeoutException
                    || countBroken() >= MOST_BROKEN_UPGRADES) {
                refuse(REFUSED_MILLIS);
            } else {
                end(reason);
            }
        }

        private int countBroken() {
            synchronized (GatewaySession.this) {
                return ++brokenUpgrades;
            }
        }

        private void refuse(long millis) {
            List<Open> elsewhere;
            synchronized (GatewaySession.this) {
                isRefused = true;
                refusedUntilMillis = timer.nowMillis() + millis;
                elsewhere = forgetAll();
            }
            elsewhere.forEach(open -> otherwise.accept(open.ask));
        }

        /** To be called with the session's lock. */
        private List<Open> forgetAll() {
            if (connection != this) {
                return List.of();
            }
            connection = null;
            List<Open> all = List.copyOf(unanswered.values());
            unanswered.clear();
            unsent.clear();
            return all;
        }

        /** Whether whoever has appended an ask is to send it; to be called with the session's lock. */
        boolean isFree() {
            boolean isFree = !isSending;
            isSending = true;
            return isFree;
        }

        boolean isSilentSince(long millis) {
            return heardMillis <= millis;
        }

        private void sendNext() {
            WebSocket to = socket;
            for (String text = nextMessage(); to != null && !text.isEmpty(); text = nextMessage()) {
                CompletableFuture<WebSocket> sending = to.sendText(text, true);
                if (!sending.isDone() || sending.isCompletedExceptionally()) {
                    CompletableFuture<WebSocket> unused = sending.whenComplete((sent, failure) -> goOn(failure));
                    return;
                }
            }
        }

        private void goOn(@Nullable Throwable failure) {
            if (failure == null) {
                sendNext();
            } else {
                end(connectionLost(failure));
            }
        }

        /** Empty if there is none, and then the next that asks sends. */
        private String nextMessage() {
            StringBuilder text = new StringBuilder();
            synchronized (GatewaySession.this) {
                Open open = connection == this ? unsent.peek() : null;
                while (open != null && (text.isEmpty() || text.length() + open.frame.length() < MESSAGE_CHARACTERS)) {
                    text.append(text.isEmpty() ? "" : "\n").append(open.frame);
                    unsent.remove();
                    open = unsent.peek();
                }
                isSending = !text.isEmpty();
            }
            return text.toString();
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            heardMillis = timer.nowMillis();
            message.append(part);
            if (isLast) {
                String text = message.toString();
                message.setLength(0);
                text.lines().forEach(this::read);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
            heardMillis = timer.nowMillis();
            from.request(1);
            return null;
        }

        /** Frames come from a gateway, which writes the body last; of a success only the status matters. */
        private void read(String line) {
            long id = 0;
            int status = 0;
            JsonNode body = MissingNode.getInstance();
            try (JsonParser json = JSON.createParser(line)) {
                json.nextToken();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    json.nextToken();
                    switch (field) {
                        case "id" -> id = json.getLongValue();
                        case "status" -> status = json.getIntValue();
                        case "lost" -> leaseLost(json.readValueAsTree());
                        case "body" -> body = status < 400 ? skipped(json) : json.readValueAsTree();
                        default -> json.skipChildren();
                    }
                }
            } catch (IOException | RuntimeException e) {
                end(new IllegalStateException("Expected a frame of a session from " + gateway + ", but " + e, e));
                return;
            }
            if (id != 0) {
                answered(id, new Answer(status, body));
            }
        }

        private static JsonNode skipped(JsonParser json) throws IOException {
            json.skipChildren();
            return MissingNode.getInstance();
        }

        private void answered(long id, Answer answer) {
            Open open;
            synchronized (GatewaySession.this) {
                open = unanswered.remove(id);
            }
            if (open != null) {
                watch(open.ask, answer.status() < 300);
                open.ask.answered(answer);
            }
        }

        private void watch(GatewayAsk<?> ask, boolean isDone) {
            if (ask.kind().equals("release")) {
                watched.remove(ask.leaseId());
            } else if (isDone && ask.body().path("leaseSeconds").asDouble() > 0) {
                watched.add(ask.leaseId());
            }
        }

        private void leaseLost(JsonNode end) {
            UUID leaseId = UUID.fromString(end.path("leaseId").asText());
            watched.remove(leaseId);
            whenLost.accept(leaseId, end.path("reason").asText());
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            end(connectionLost(new IOException("closed with " + code + " " + reason)));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            end(connectionLost(failure));
        }

        private IllegalStateException connectionLost(Throwable failure) {
            return new IllegalStateException(
                    "Expected an answer of the gateway at " + gateway + ", but the connection was lost: "
                            + Failures.cause(failure),
                    failure);
        }

        private void end(IllegalStateException reason) {
            List<Open> unknown;
            synchronized (GatewaySession.this) {
                unknown = forgetAll();
            }
            WebSocket open = socket;
            if (open != null) {
                open.abort();
            }
            unknown.forEach(ask -> ask.ask.failed(reason));
        }

        void close() {
            WebSocket open = socket;
            if (open != null) {
                CompletableFuture<WebSocket> unused = open.sendClose(WebSocket.NORMAL_CLOSURE, "")
                        .whenComplete((closed, failure) -> end(new IllegalStateException("closed")));
            }
        }
    }
}
