package io.limitledger.gateway.http.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.http.AskSession;
import io.limitledger.gateway.http.AskSession.AskHandler;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.problem.FailureToProblem;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import java.nio.ByteBuffer;
import java.time.Duration;
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
    static final int MOST_UNANSWERED = 1_000;

    /** Asks that wait for slots. They are counted apart and refused, since a session that is not read could not release. */
    static final int MOST_WAITING = 10_000;

    /** As much as the body of a request may have, and several hundred asks. */
    static final int MAX_MESSAGE_BYTES = 64 * 1_024;

    /** Well below a minute, after which proxies close a connection on which nothing happens. */
    private static final Duration PING_PERIOD = Duration.ofSeconds(20);

    /** Two pings in a row may be lost. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    /** 123 bytes in UTF-8; what a reason may name of the client's is mostly ASCII. */
    private static final int MAX_REASON_CHARACTERS = 100;

    private static final String STOPPING = "The gateway is stopping; connect again, and repeat what was not answered";
    private static final String NOT_TEXT = "Asks are text, not binary: JSON, one ask a line";

    private final Sessions sessions;
    private final WatchedConnection connection;
    private final Object client;
    private final String path;
    private final Guests.Guest guest;
    private final AskSession asks;
    private final Map<String, Ask> underWay = new HashMap<>();
    private final SessionWriter writer;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private @Nullable Session socket;
    private Scheduler.@Nullable Task ping;
    private volatile long heardNanos = System.nanoTime();
    private int waiting;
    private boolean isPaused;
    private boolean isStopping;
    private volatile boolean isGone;

    /** What is answered to an ask, or pushed. */
    private record Answer(
            @Nullable JsonNode id,
            int status,
            @Nullable Object body,
            @Nullable Integer retryAfterSeconds) {}

    SessionConnection(
            Sessions sessions,
            WatchedConnection connection,
            Object client,
            String path,
            Guests.Guest guest,
            AskSession.Factory factory) {
        this.guest = guest;
        this.sessions = sessions;
        this.client = client;
        this.connection = connection;
        this.path = path;
        this.writer =
                new SessionWriter(sessions.slowClients(), connection.scheduler(), sessions.executor(), new Written());
        this.asks = factory.open(writer::send);
    }

    /** Whose session it is, for the bounds. */
    Object client() {
        return client;
    }

    /** What follows from what is written. */
    private final class Written implements SessionWriter.Owner {
        @Override
        public void sent() {
            resume();
            closeIfDone();
        }

        @Override
        public void disconnect() {
            SessionConnection.this.disconnect();
        }
    }

    /** An ask, from when it was read until it is answered. */
    private final class Ask implements OpenExchange.Client {
        private final AskFrame frame;
        private final String kind;
        private final OpenExchange exchange;
        private final long sinceNanos = System.nanoTime();
        private boolean isWaiting;

        Ask(AskFrame frame) {
            this.frame = frame;
            AskHandler handler = asks.handlers().get(frame.kind());
            this.kind = handler == null ? "unmatched" : frame.kind();
            this.exchange = new OpenExchange(
                    this,
                    own -> {
                        if (handler == null) {
                            throw frame.unknownKind(asks.handlers().keySet());
                        }
                        return handler.handle(frame.key(), frame.ask().path(kind), own);
                    },
                    this::failed);
            exchange.enter(guest.caller());
        }

        private HttpAnswer failed(Throwable failure) {
            String what = "session " + kind;
            sessions.door().noteRefusal(failure, Door.who(guest.caller(), "a session"), what);
            return HttpAnswer.problem(FailureToProblem.of(failure, what));
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
        writer.open(session);
        // It is bounded by itself, so that it need not make room for other connections.
        connection.begin();
        sessions.opened(this);
        guest.stays(known -> {}, reason -> close(StatusCode.POLICY_VIOLATION, brief(reason)), this::disconnect);
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
        try {
            take(new Ask(AskFrame.read(line)));
        } catch (ProblemException e) {
            writer.send(answer(null, HttpAnswer.problem(e.problem())));
        }
    }

    private void take(Ask ask) {
        if (!add(ask)) {
            throw AskFrame.invalidId("Ask " + ask.frame.id() + " is not answered yet; choose an id that is not in use");
        }
        CompletableFuture<Void> unused =
                sessions.exchanges().handle(ask.exchange).thenAccept(answer -> answered(ask, answer));
    }

    private synchronized boolean add(Ask ask) {
        return !isGone && underWay.putIfAbsent(ask.frame.key(), ask) == null;
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
            underWay.remove(ask.frame.key());
            waiting -= ask.isWaiting ? 1 : 0;
        }
        sessions.observer()
                .answered(
                        "GET " + path + " " + ask.kind,
                        answer.status(),
                        Duration.ofNanos(System.nanoTime() - ask.sinceNanos));
        writer.send(answer(ask.frame.id(), answer));
    }

    private Answer answer(@Nullable JsonNode id, HttpAnswer answer) {
        Object body = answer.body() instanceof Problem problem ? problem.at(path) : answer.body();
        String retryAfter = answer.headers().get("Retry-After");
        return new Answer(id, answer.status(), body, retryAfter == null ? null : Integer.valueOf(retryAfter));
    }

    private void readOnIfRoom() {
        synchronized (this) {
            isPaused = unanswered() >= MOST_UNANSWERED;
            if (isPaused) {
                return;
            }
        }
        // Not at once: others have the thread between two messages of a client that sends ahead.
        try {
            sessions.executor().execute(this::readOn);
        } catch (RejectedExecutionException e) {
            gone();
        }
    }

    private void resume() {
        synchronized (this) {
            if (!isPaused || unanswered() >= MOST_UNANSWERED) {
                return;
            }
            isPaused = false;
        }
        heardNanos = System.nanoTime();
        readOn();
    }

    /** Asks that have been read and whose answers are not on their way. */
    private int unanswered() {
        return underWay.size() - waiting + writer.unsent();
    }

    private void readOn() {
        socket().demand();
    }

    private synchronized Session socket() {
        return Objects.requireNonNull(socket, "the connection is open");
    }

    private void pingLater() {
        Scheduler.Task next =
                connection.scheduler().schedule(this::beat, PING_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        synchronized (this) {
            ping = next;
        }
    }

    /** A client that is not read cannot be heard. */
    private void beat() {
        boolean isHeard;
        synchronized (this) {
            if (isGone) {
                return;
            }
            isHeard = isPaused || System.nanoTime() - heardNanos < LONGEST_SILENCE.toNanos();
        }
        if (!isHeard) {
            disconnect();
            return;
        }
        if (writer.isIdle()) {
            socket().sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        }
        pingLater();
    }

    /** Closes it when what has been decided is sent; completes when it has ended. */
    CompletableFuture<Void> stop() {
        synchronized (this) {
            isStopping = true;
        }
        closeIfDone();
        return ended;
    }

    private void closeIfDone() {
        boolean isDone;
        synchronized (this) {
            isDone = isStopping && writer.isIdle();
        }
        if (isDone) {
            close(StatusCode.SHUTDOWN, STOPPING);
        }
    }

    /** A frame that closes has room for this much. */
    private static String brief(String reason) {
        return reason.length() <= MAX_REASON_CHARACTERS ? reason : reason.substring(0, MAX_REASON_CHARACTERS);
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
        synchronized (this) {
            if (isGone) {
                return;
            }
            isGone = true;
            unanswered = List.copyOf(underWay.values());
            if (ping != null) {
                ping.cancel();
            }
        }
        writer.end();
        asks.close();
        guest.left();
        unanswered.forEach(ask -> ask.exchange.clientIsGone());
        connection.answered();
        sessions.closed(this);
        ended.complete(null);
    }
}
