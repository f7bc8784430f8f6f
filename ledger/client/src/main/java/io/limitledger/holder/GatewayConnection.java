package io.limitledger.holder;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.limitledger.holder.GatewayAsk.Answer;
import io.limitledger.timer.Timer;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
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
 * One connection to a gateway, from when it is asked for until it has ended. Asks are sent by the threads that ask; those that
 * come while a message is on its way are sent in the next, together. Answers come in any order. What is not answered at the end
 * fails, and is asked again by its owner under its own lease id, over the next connection.
 */
final class GatewayConnection implements WebSocket.Listener {
    /** In UTF-8 at most 48 KiB, of the 64 KiB that a gateway takes. */
    private static final int MESSAGE_CHARACTERS = 16 * 1_024;

    private static final long SWEEP_MILLIS = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Gateway gateway;
    private final Timer timer;
    private final Consumer<GatewayConnection> whenUnauthenticated;
    private final BiConsumer<UUID, String> whenLost;
    private final Set<UUID> watched = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, Open> unanswered = new LinkedHashMap<>();
    private final Deque<Open> unsent = new ArrayDeque<>();
    private final StringBuilder message = new StringBuilder();

    private volatile @Nullable WebSocket socket;
    private volatile long heardMillis;
    private boolean isSending = true;
    private boolean isSweeping;
    private boolean isEnded;

    /** An ask that is not answered, with its frame. */
    private record Open(long id, GatewayAsk<?> ask, String frame, long deadlineMillis) {}

    /**
     * One that is not connected yet.
     *
     * @param whenUnauthenticated is called when the gateway no longer knows who asks here, and nothing more is asked here
     */
    GatewayConnection(
            Gateway gateway,
            Timer timer,
            Consumer<GatewayConnection> whenUnauthenticated,
            BiConsumer<UUID, String> whenLost) {
        this.gateway = gateway;
        this.timer = timer;
        this.whenUnauthenticated = whenUnauthenticated;
        this.whenLost = whenLost;
        this.heardMillis = timer.nowMillis();
    }

    /** Sends an ask, now or when there is a connection; false if it has ended. */
    boolean ask(GatewayAsk<?> ask) {
        // The id and the kind need no escapes.
        long id = lastId.incrementAndGet();
        String frame = "{\"id\":" + id + ",\"" + ask.kind() + "\":" + ask.body() + "}";
        Open open = new Open(id, ask, frame, timer.nowMillis() + ask.patienceMillis());
        boolean isSender;
        synchronized (this) {
            if (isEnded) {
                return false;
            }
            unanswered.put(id, open);
            unsent.add(open);
            isSender = !isSending;
            isSending = true;
            sweepLater();
        }
        if (isSender) {
            sendNext();
        }
        return true;
    }

    synchronized boolean isEnded() {
        return isEnded;
    }

    boolean isOpen() {
        return socket != null && !isEnded();
    }

    boolean watches(UUID leaseId) {
        return watched.contains(leaseId) && !isEnded();
    }

    /** There is a connection: sends what has gathered. */
    void open(WebSocket connected) {
        heardMillis = timer.nowMillis();
        socket = connected;
        if (isEnded()) {
            connected.abort();
        } else {
            sendNext();
        }
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

    /** Empty if no ask waits; then the thread that asks next sends. */
    private synchronized String nextMessage() {
        StringBuilder text = new StringBuilder();
        for (Open open = unsent.peek(); open != null && fits(text, open); open = unsent.peek()) {
            text.append(text.isEmpty() ? "" : "\n").append(open.frame);
            unsent.remove();
        }
        isSending = !text.isEmpty();
        return text.toString();
    }

    private static boolean fits(StringBuilder text, Open open) {
        return text.isEmpty() || text.length() + open.frame.length() < MESSAGE_CHARACTERS;
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
        List<Open> overdue;
        synchronized (this) {
            isSweeping = false;
            overdue = unanswered.values().stream()
                    .filter(open -> open.deadlineMillis <= now)
                    .toList();
            overdue.forEach(open -> unanswered.remove(open.id));
            unsent.removeAll(overdue);
            if (!unanswered.isEmpty()) {
                sweepLater();
            }
        }
        IllegalStateException late = new IllegalStateException(
                "Expected an answer of the gateway at " + gateway + " in time, but none came");
        overdue.forEach(open -> open.ask.failed(late));
        if (overdue.stream().anyMatch(open -> heardMillis <= now - open.ask.patienceMillis())) {
            end(late);
        }
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

    /** A frame of a gateway, which writes the body last; of most successes only the status matters. */
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
                    case "lost" -> lost(json.readValueAsTree());
                    case "body" -> body = isRead(id, status) ? json.readValueAsTree() : skipped(json);
                    default -> json.skipChildren();
                }
            }
        } catch (IOException | RuntimeException e) {
            end(new IllegalStateException("Expected a frame of a session from " + gateway + ", but " + e, e));
            return;
        }
        answered(id, new Answer(status, body));
    }

    private synchronized boolean isRead(long id, int status) {
        Open open = unanswered.get(id);
        return GatewayAsk.isProblem(status) || (open != null && open.ask.readsAnswer());
    }

    private static JsonNode skipped(JsonParser json) throws IOException {
        json.skipChildren();
        return MissingNode.getInstance();
    }

    private void answered(long id, Answer answer) {
        if (answer.isUnauthenticated()) {
            whenUnauthenticated.accept(this);
            close();
            return;
        }
        Open open;
        synchronized (this) {
            open = unanswered.remove(id);
        }
        if (open != null) {
            watch(open.ask, !GatewayAsk.isProblem(answer.status()));
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

    private void lost(JsonNode lease) {
        UUID leaseId = UUID.fromString(lease.path("leaseId").asText());
        watched.remove(leaseId);
        whenLost.accept(leaseId, lease.path("reason").asText());
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

    /** Ends it, and fails what is not answered. */
    void end(IllegalStateException reason) {
        List<GatewayAsk<?>> unknown = takeUnanswered();
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        unknown.forEach(ask -> ask.failed(reason));
    }

    /** Ends it, and leaves what is not answered to the caller. */
    synchronized List<GatewayAsk<?>> takeUnanswered() {
        isEnded = true;
        List<GatewayAsk<?>> all = new ArrayList<>();
        unanswered.values().forEach(open -> all.add(open.ask));
        unanswered.clear();
        unsent.clear();
        return all;
    }

    void close() {
        WebSocket open = socket;
        IllegalStateException closed = new IllegalStateException("The limits were closed");
        if (open == null) {
            end(closed);
        } else {
            CompletableFuture<WebSocket> unused =
                    open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((sent, failure) -> end(closed));
        }
    }
}
