package io.limitledger.gateway.http.server;

import io.javalin.http.Context;
import io.limitledger.client.NotSentException;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An {@link Exchange}, from when its handler has the request until its answer is known. */
final class OpenExchange implements Exchange {
    private static final int FIRST_FAILURE = 400;

    private final Context request;
    private final RouteHandler handler;
    private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private @Nullable Runnable giveBack;
    private boolean isLost;

    OpenExchange(Context request, RouteHandler handler) {
        this.request = request;
        this.handler = handler;
        request.attribute(Exchange.ATTRIBUTE, this);
    }

    @Override
    public void takes(Runnable giveBack) {
        if (isInTime(giveBack)) {
            WatchedConnection client = WatchedConnection.of(request);
            if (client != null) {
                client.watch(this::clientIsGone);
            }
        } else {
            giveBack.run();
        }
    }

    private synchronized boolean isInTime(Runnable giveBack) {
        if (!isLost) {
            this.giveBack = giveBack;
        }
        return !isLost;
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
            return handler.handle(request);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void end(@Nullable HttpAnswer outcome, @Nullable Throwable failure) {
        boolean isGone = takesSomething() && isGone();
        if (outcome == null) {
            fail(Objects.requireNonNull(failure));
        } else if (isGone && outcome.status() < FIRST_FAILURE) {
            fail(clientGone());
        } else {
            answer.complete(outcome);
        }
    }

    private synchronized boolean takesSomething() {
        return giveBack != null;
    }

    private boolean isGone() {
        WatchedConnection client = WatchedConnection.of(request);
        return client != null && client.unwatch();
    }

    private void clientIsGone() {
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
        answer.complete(handler.failed(request, failure));
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
