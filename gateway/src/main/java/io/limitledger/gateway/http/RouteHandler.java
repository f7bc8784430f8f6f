package io.limitledger.gateway.http;

import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;

/**
 * Answers the requests to one route. It reads the request and never writes to the context; the answer is written in one
 * place, whichever way it came about. It must not block. What it throws becomes a problem.
 */
@FunctionalInterface
public interface RouteHandler {
    CompletableFuture<HttpAnswer> handle(Context request);
}
