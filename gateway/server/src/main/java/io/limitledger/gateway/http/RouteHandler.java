package io.limitledger.gateway.http;

import io.javalin.http.Context;
import io.limitledger.gateway.http.problem.FailureToProblem;
import java.util.concurrent.CompletableFuture;

/**
 * Translates a request into commands or questions, and what comes of them into an answer. It never writes to the context;
 * the answer is written in one place, whichever way it came about. It must not block.
 */
@FunctionalInterface
public interface RouteHandler {
    /** The answer; or what it throws, or its future fails with, which {@link #failed} turns into one. */
    CompletableFuture<HttpAnswer> handle(Context request);

    /** The answer to a request that failed, or that can no longer be answered otherwise. */
    default HttpAnswer failed(Context request, Throwable failure) {
        return HttpAnswer.problem(FailureToProblem.of(failure, request.method().name() + " " + request.path()));
    }
}
