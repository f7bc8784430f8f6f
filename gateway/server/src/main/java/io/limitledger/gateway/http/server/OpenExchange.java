package io.limitledger.gateway.http.server;

import io.javalin.http.Context;
import io.limitledger.client.NotSentException;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An {@link Exchange}, from when its handler has the request until its answer is known. */
final class OpenExchange implements Exchange {
    private final Client client;
    private final Function<Exchange, CompletableFuture<HttpAnswer>> handler;
    private final Function<Throwable, HttpAnswer> failed;
    private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private @Nullable Runnable giveBack;
    private boolean isLost;
    private boolean isLong;
    private volatile Caller caller = Caller.UNKNOWN;

    /** The other end of an exchange. */
    interface Client {
        /** Calls this if the client goes before {@link #unwatch()}. */
        void watch(Runnable onGone);

        /** There is an answer. Returns whether the client has gone already. */
        boolean unwatch();

        /** As {@link Exchange#mayWait()}. */
        default void mayWait() {}
    }

    /** A client that cannot be watched: that it has gone is noticed when it is written to. */
    private enum Unwatched implements Client {
        CLIENT;

        @Override
        public void watch(Runnable onGone) {}

        @Override
        public boolean unwatch() {
            return false;
        }
    }

    /**
     * An exchange that has not begun.
     *
     * @param handler is given the exchange
     * @param failed the answer for a failure
     */
    OpenExchange(
            Client client,
            Function<Exchange, CompletableFuture<HttpAnswer>> handler,
            Function<Throwable, HttpAnswer> failed) {
        this.client = client;
        this.handler = handler;
        this.failed = failed;
    }

    /** That of a request, once it has begun. */
    static OpenExchange of(Context request) {
        return (OpenExchange) Exchange.of(request);
    }

    /** That of a request which has just come. */
    static OpenExchange begin(Context request, RouteHandler handler) {
        OpenExchange exchange = new OpenExchange(
                Objects.requireNonNullElse(WatchedConnection.client(request), Unwatched.CLIENT),
                unused -> handler.handle(request),
                failure -> handler.failed(request, failure));
        request.attribute(Exchange.ATTRIBUTE, exchange);
        return exchange;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    /** It is known who asks, or what that caller may do has changed. */
    void enter(Caller caller) {
        this.caller = caller;
    }

    @Override
    public void mayWait() {
        client.mayWait();
    }

    @Override
    public void takes(Runnable giveBack) {
        synchronized (this) {
            if (!isLost) {
                this.giveBack = giveBack;
                watchIfLong();
                return;
            }
        }
        giveBack.run();
    }

    /**
     * It has been open for a moment. Only now is its client watched: most answers come sooner, and whether the client is still
     * there is looked up then.
     */
    synchronized void beLong() {
        isLong = true;
        watchIfLong();
    }

    /** With the lock, for which an answer waits: after an answer the connection belongs to the server again. */
    private void watchIfLong() {
        if (isLong && giveBack != null && !isOver.get()) {
            client.watch(this::clientIsGone);
        }
    }

    CompletableFuture<HttpAnswer> answer() {
        return answer;
    }

    /** Hands the request to its handler. */
    void run() {
        CompletableFuture<Void> unused = handled().handle((outcome, failure) -> {
            if (isOver.compareAndSet(false, true)) {
                end(outcome, failure);
            }
            return null;
        });
    }

    private CompletableFuture<HttpAnswer> handled() {
        try {
            return handler.apply(this);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void end(@Nullable HttpAnswer outcome, @Nullable Throwable failure) {
        boolean isGone = takesSomething() && client.unwatch();
        if (outcome == null) {
            fail(Objects.requireNonNull(failure));
        } else if (isGone && !outcome.isFailure()) {
            fail(clientGone());
        } else {
            answer.complete(outcome);
        }
    }

    private synchronized boolean takesSomething() {
        return giveBack != null;
    }

    void clientIsGone() {
        lose(clientGone());
    }

    /** Ends it with this failure, unless it has ended. */
    void lose(RuntimeException reason) {
        if (isOver.compareAndSet(false, true)) {
            fail(reason);
        }
    }

    private void fail(Throwable failure) {
        Runnable due = due();
        if (due != null && mayHaveTaken(failure)) {
            due.run();
        }
        answer.complete(failed.apply(failure));
    }

    private synchronized @Nullable Runnable due() {
        isLost = true;
        return giveBack;
    }

    private static boolean mayHaveTaken(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return !(cause instanceof NotSentException);
    }

    private static ProblemException clientGone() {
        return new ProblemException(
                ProblemType.ACQUIRE_CANCELLED,
                "The client closed its connection, or its sending side, before the answer; nothing is held");
    }
}
