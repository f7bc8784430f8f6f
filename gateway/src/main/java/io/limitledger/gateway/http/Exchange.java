package io.limitledger.gateway.http;

import io.javalin.http.Context;
import io.limitledger.client.NotSentException;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A request, from when its handler has it until its answer is known. What is taken for a client that learns of it from
 * the answer alone is given back if it gets no such answer: because it has gone, because the server stops, or because
 * the outcome is not known. A handler says with {@link #takes} how to give back; when to do so is decided here, for all
 * routes alike.
 */
public final class Exchange {
    private static final String KEY = "exchange";
    private static final int FIRST_FAILURE = 400;

    private final Context request;
    private final RouteHandler handler;
    private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private @Nullable Runnable giveBack;
    private boolean isLost;

    Exchange(Context request, RouteHandler handler) {
        this.request = request;
        this.handler = handler;
        request.attribute(KEY, this);
    }

    /** The exchange of a request that is being handled. */
    public static Exchange of(Context request) {
        return Objects.requireNonNull(request.attribute(KEY));
    }

    /**
     * Says that something is taken of which only the answer tells. From now on the client is watched. A later call
     * replaces an earlier one.
     *
     * @param giveBack called once if the client does not get its answer, perhaps at once; it must not block
     */
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
