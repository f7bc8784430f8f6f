package io.limitledger.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What one connection that carries many asks is about: for each kind of ask the handler that translates it. The server reads
 * and writes the frames, matches answers with asks and bounds both.
 */
public interface AskSession {
    /** The handlers by the field of the frame that holds the ask, such as {@code acquire}. */
    Map<String, AskHandler> handlers();

    /** The connection has gone. It must not block. */
    void close();

    /** Opens a session for a connection. */
    @FunctionalInterface
    interface Factory {
        /**
         * The session of a new connection.
         *
         * @param push sends the client an object that answers no ask; callable by any thread at any time, never blocks
         */
        AskSession open(Consumer<Object> push);
    }

    /** Translates an ask into commands, and what comes of them into an answer, as a {@link RouteHandler} does. */
    @FunctionalInterface
    interface AskHandler {
        /**
         * The answer; or what it throws, or its future fails with, which becomes a problem.
         *
         * @param id chosen by the client, one ask under way has it
         * @param ask the value of the frame's field
         */
        CompletableFuture<HttpAnswer> handle(String id, JsonNode ask, Exchange exchange);
    }
}
