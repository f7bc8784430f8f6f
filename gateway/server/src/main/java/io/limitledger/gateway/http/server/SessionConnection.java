package io.limitledger.gateway.http.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.core.command.InvalidField;
import io.limitledger.gateway.http.AskSession;
import io.limitledger.gateway.http.AskSession.AskHandler;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.HttpJson;
import io.limitledger.gateway.http.problem.FailureToProblem;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Quote;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * A connection that carries many asks. Each line of a text message is one: a broken line spoils no other, and what is ready
 * while a message is on its way is appended to the next. Answers go out as they are decided.
 *
 * <p>The next message is read when there is room for its asks, so that a client is slowed down and not refused; an ask counts
 * until its answer is on its way, so that a client that reads nothing cannot ask on either. Public because Jetty calls it by reflection.
 */
public final class SessionConnection implements Session.Listener {
    /** More than any process asks at once, and half of what a gateway may have undecided, so that one client alone cannot fill it. */
    static final int MOST_UNDECIDED = 1_000;

    /** Asks that wait for slots. They are counted apart and refused, since a session that is not read could not release. */
    static final int MOST_WAITING = 10_000;

    /** As much as the body of a request may have, and several hundred asks. */
    static final int MAX_MESSAGE_BYTES = 64 * 1_024;

    /** Where answers of one message end: clients of other languages bound messages, mostly at a megabyte. */
    private static final int MESSAGE_CHARACTERS = 64 * 1_024;

    /** What an answer that is not written yet occupies, generously. */
    private static final long BYTES_OF_ANSWER = 2_048;

    private static final int MAX_ID_CHARACTERS = 64;

    /** Well below a minute, after which proxies close a connection on which nothing happens. */
    private static final Duration PING_PERIOD = Duration.ofSeconds(20);

    /** Two pings in a row may be lost. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private static final String STOPPING = "The gateway is stopping; connect again, and repeat what was not answered";
    private static final String NOT_TEXT = "Asks are text, not binary: JSON, one ask a line";

    private final Sessions sessions;
    private final WatchedConnection connection;
    private final String path;
    private final AskSession asks;
    private final Map<String, Ask> underWay = new HashMap<>();
    private final Deque<Object> unsent = new ArrayDeque<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private @Nullable Session socket;
    private Scheduler.@Nullable Task ping;
    private SlowClients.@Nullable Entry slow;
    private volatile long heardNanos = System.nanoTime();
    private int waiting;
    private boolean isPaused;
    private boolean isSending;
    private boolean isOnItsWay;
    private int bytesOnTheirWay;
    private boolean isStopping;
    private volatile boolean isGone;

    /** What is answered to an ask, or pushed. */
    private record Answer(
            @Nullable JsonNode id,
            int status,
            @Nullable Object body,
            @Nullable Integer retryAfterSeconds) {}

    SessionConnection(Sessions sessions, WatchedConnection connection, String path, AskSession.Factory factory) {
        this.sessions = sessions;
        this.connection = connection;
        this.path = path;
        this.asks = factory.open(this::send);
    }

    /** An ask, from when it was read until it is answered. */
    private final class Ask implements OpenExchange.Client {
        private final JsonNode id;
        private final String kind;
        private final OpenExchange exchange;
        private final long sinceNanos = System.nanoTime();
        private boolean isWaiting;

        Ask(JsonNode id, String kind, AskHandler handler, JsonNode body) {
            this.id = id;
            this.kind = kind;
            this.exchange = new OpenExchange(
                    this,
                    own -> handler.handle(id.asText(), body, own),
                    failure -> HttpAnswer.problem(FailureToProblem.of(failure, "session " + kind)));
        }

        /** The connection ends all its asks itself. */
        @Override
        public void watch(Runnable onGone) {}

        @Override
        public boolean unwatch() {
            return isGone;
        }

        @Override
        public void mayWait() {
            noteWaiting(this);
        }
    }

    @Override
    public void onWebSocketOpen(Session session) {
        session.setMaxTextMessageSize(MAX_MESSAGE_BYTES);
        session.setMaxBinaryMessageSize(MAX_MESSAGE_BYTES);
        session.setIdleTimeout(LONGEST_SILENCE);
        synchronized (this) {
            socket = session;
        }
        // It is bounded by itself, so that it need not make room for other connections.
        connection.begin();
        sessions.opened(this);
        pingLater();
        session.demand();
    }

    @Override
    public void onWebSocketText(String message) {
        heardNanos = System.nanoTime();
        message.lines().filter(line -> !line.isBlank()).forEach(this::take);
        readOnIfRoom();
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        close(StatusCode.BAD_DATA, NOT_TEXT);
        // The client's answer to the close must be read.
        readOn();
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        heardNanos = System.nanoTime();
        readOn();
    }

    private void take(String line) {
        Ask ask;
        try {
            ask = read(line);
        } catch (ProblemException e) {
            send(answer(null, HttpAnswer.problem(e.problem())));
            return;
        }
        if (add(ask)) {
            CompletableFuture<Void> unused =
                    sessions.exchanges().handle(ask.exchange).thenAccept(answer -> answered(ask, answer));
        } else {
            send(answer(
                    null,
                    HttpAnswer.problem(Problem.invalid(List.of(mistake(
                            "id", "Ask " + ask.id + " is not answered yet; choose an id that is not in use"))))));
        }
    }

    private Ask read(String line) {
        JsonNode json = JsonBody.parse(line.getBytes(StandardCharsets.UTF_8));
        if (!(json instanceof ObjectNode frame)) {
            throw new ProblemException(
                    ProblemType.UNREADABLE_BODY, "Expected a JSON object on each line, but got " + Quote.brief(line));
        }
        JsonNode id = frame.remove("id");
        if (id == null || !isId(id)) {
            throw ProblemException.invalid(List.of(mistake(
                    "id",
                    "Expected a string of 1 to " + MAX_ID_CHARACTERS + " characters, or a whole number, but got "
                            + (id == null ? "none" : Quote.brief(id.toString())))));
        }
        return read(id, frame);
    }

    /** From here on a mistake is answered under the ask's id. */
    private Ask read(JsonNode id, ObjectNode frame) {
        String kind = frame.size() == 1 ? frame.fieldNames().next() : "";
        AskHandler handler = asks.handlers().get(kind);
        return handler == null
                ? new Ask(
                        id, "unmatched", (own, body, exchange) -> CompletableFuture.failedFuture(unknown(frame)), frame)
                : new Ask(id, kind, handler, frame.path(kind));
    }

    private ProblemException unknown(ObjectNode frame) {
        return ProblemException.invalid(List.of(mistake(
                "ask",
                "Expected id and one of " + String.join(", ", asks.handlers().keySet()) + ", but got "
                        + Quote.brief(frame.toString()))));
    }

    private static InvalidField mistake(String field, String message) {
        return new InvalidField(field, message);
    }

    private static boolean isId(JsonNode id) {
        boolean isText = id.isTextual() && !id.textValue().isEmpty();
        return (isText || id.isIntegralNumber()) && id.asText().length() <= MAX_ID_CHARACTERS;
    }

    private synchronized boolean add(Ask ask) {
        return !isGone && underWay.putIfAbsent(ask.id.asText(), ask) == null;
    }

    private synchronized void noteWaiting(Ask ask) {
        if (waiting >= MOST_WAITING) {
            throw new ProblemException(ProblemType.OVERLOADED
                    .because("This session has " + MOST_WAITING + " asks that wait for slots, as many as it may; use a"
                            + " second session, or ask again later")
                    .retryAfter(TimeUnit.SECONDS.toMillis(1)));
        }
        if (!ask.isWaiting) {
            ask.isWaiting = true;
            waiting++;
        }
    }

    private void answered(Ask ask, HttpAnswer answer) {
        synchronized (this) {
            underWay.remove(ask.id.asText());
            waiting -= ask.isWaiting ? 1 : 0;
        }
        sessions.observer()
                .answered(
                        "GET " + path + " " + ask.kind,
                        answer.status(),
                        Duration.ofNanos(System.nanoTime() - ask.sinceNanos));
        send(answer(ask.id, answer));
    }

    private Answer answer(@Nullable JsonNode id, HttpAnswer answer) {
        Object body = answer.body() instanceof Problem problem ? problem.at(path) : answer.body();
        String retryAfter = answer.headers().get("Retry-After");
        return new Answer(id, answer.status(), body, retryAfter == null ? null : Integer.valueOf(retryAfter));
    }

    /** Sends a frame, with others in one message if one is on its way. */
    private void send(Object frame) {
        boolean isFirst;
        boolean isSlow;
        synchronized (this) {
            if (isGone) {
                return;
            }
            unsent.add(frame);
            isFirst = !isSending;
            isSending = true;
            isSlow = slow != null;
        }
        if (isFirst) {
            execute(this::sendNext);
        } else if (isSlow) {
            keepIfSlow();
        }
    }

    private void execute(Runnable work) {
        try {
            sessions.executor().execute(work);
        } catch (RejectedExecutionException e) {
            gone();
        }
    }

    /** Runs once at a time: from the first unsent frame until none is left. */
    private void sendNext() {
        String message = nextMessage();
        synchronized (this) {
            isOnItsWay = !isGone;
            bytesOnTheirWay = message.length();
        }
        socket().sendText(message, Callback.from(this::sent, failure -> gone()));
        keepIfSlow();
    }

    private String nextMessage() {
        StringBuilder message = new StringBuilder();
        for (Object frame = poll(); frame != null; frame = message.length() < MESSAGE_CHARACTERS ? poll() : null) {
            message.append(message.isEmpty() ? "" : "\n").append(HttpJson.text(frame));
        }
        return message.toString();
    }

    private synchronized @Nullable Object poll() {
        return unsent.poll();
    }

    private void sent() {
        SlowClients.Entry reader;
        boolean isDone;
        boolean isLast;
        synchronized (this) {
            reader = slow;
            slow = null;
            isOnItsWay = false;
            isDone = unsent.isEmpty();
            isSending = !isDone;
            isLast = isDone && isStopping;
        }
        if (reader != null) {
            reader.end();
        }
        resume();
        if (isLast) {
            close(StatusCode.SHUTDOWN, STOPPING);
        } else if (!isDone) {
            execute(this::sendNext);
        }
    }

    /** While the client has not read a message, all that waits behind it is kept for it. */
    private void keepIfSlow() {
        SlowClients.Entry reader;
        long bytes;
        synchronized (this) {
            if (!isOnItsWay) {
                return;
            }
            if (slow == null) {
                slow = sessions.slowClients().add(connection.getScheduler(), this::disconnect);
            }
            reader = slow;
            bytes = bytesOnTheirWay + unsent.size() * BYTES_OF_ANSWER;
        }
        reader.keep(bytes);
    }

    private void readOnIfRoom() {
        synchronized (this) {
            isPaused = undecided() >= MOST_UNDECIDED;
            if (isPaused) {
                return;
            }
        }
        // Not at once: others have the thread between two messages of a client that sends ahead.
        execute(this::readOn);
    }

    private void resume() {
        synchronized (this) {
            if (!isPaused || undecided() >= MOST_UNDECIDED) {
                return;
            }
            isPaused = false;
        }
        heardNanos = System.nanoTime();
        readOn();
    }

    /** Asks that have been read and whose answers are not on their way. */
    private int undecided() {
        return underWay.size() - waiting + unsent.size();
    }

    private void readOn() {
        socket().demand();
    }

    private synchronized Session socket() {
        return Objects.requireNonNull(socket, "the connection is open");
    }

    private void pingLater() {
        Scheduler.Task next =
                connection.getScheduler().schedule(this::beat, PING_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        synchronized (this) {
            ping = next;
        }
    }

    /** A client that is not read cannot be heard. */
    private void beat() {
        boolean isHeard;
        boolean isFree;
        synchronized (this) {
            if (isGone) {
                return;
            }
            isHeard = isPaused || System.nanoTime() - heardNanos < LONGEST_SILENCE.toNanos();
            isFree = !isOnItsWay;
        }
        if (!isHeard) {
            disconnect();
            return;
        }
        if (isFree) {
            socket().sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        }
        pingLater();
    }

    /** Closes it when what has been decided is sent; completes when it has ended. */
    CompletableFuture<Void> stop() {
        boolean isIdle;
        synchronized (this) {
            isStopping = true;
            isIdle = !isSending;
        }
        if (isIdle) {
            close(StatusCode.SHUTDOWN, STOPPING);
        }
        return ended;
    }

    private void close(int code, String reason) {
        if (!isGone) {
            socket().close(code, reason, Callback.from(this::gone, failure -> gone()));
        }
    }

    private void disconnect() {
        socket().disconnect();
        gone();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        gone();
    }

    @Override
    public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
        callback.succeed();
        gone();
    }

    /** Whatever it still waited for under ids that the client does not know is given back; what it holds stays until its lease ends. */
    private void gone() {
        List<Ask> unanswered;
        SlowClients.Entry reader;
        synchronized (this) {
            if (isGone) {
                return;
            }
            isGone = true;
            isOnItsWay = false;
            unanswered = List.copyOf(underWay.values());
            unsent.clear();
            reader = slow;
            slow = null;
            if (ping != null) {
                ping.cancel();
            }
        }
        if (reader != null) {
            reader.end();
        }
        asks.close();
        unanswered.forEach(ask -> ask.exchange.clientIsGone());
        connection.answered();
        sessions.closed(this);
        ended.complete(null);
    }
}
