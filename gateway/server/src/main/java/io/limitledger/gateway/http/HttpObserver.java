package io.limitledger.gateway.http;

import java.time.Duration;

/** Is called after each request. */
@FunctionalInterface
public interface HttpObserver {
    HttpObserver NONE = (route, status, took) -> {};

    /**
     * Called on the thread that answers, so it must not block.
     *
     * @param route method and template, such as {@code GET /v1/limits/{name}}; {@code unmatched} without one, so
     *     that the number of different routes is bounded
     */
    void answered(String route, int status, Duration took);

    /**
     * Called for each request, or ask of a session, that is refused because of who sends it; by any thread.
     *
     * @param reason one of a few words, such as {@code unauthenticated}
     */
    default void refused(String reason) {}
}
