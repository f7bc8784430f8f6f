package io.limitledger.gateway.http.server;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a client, that reports while a request waits for its answer that the client has gone: see {@link ClientWatch}.
 * It is a {@link PlainConnection}, or the inside of a {@link TlsConnection}.
 */
interface WatchedConnection extends EndPoint, OpenExchange.Client {
    /** How it is used; the same inside and outside of TLS. */
    ConnectionUse use();

    /** For what is to be done later on its behalf. */
    Scheduler scheduler();

    /** The connection of a request; null where there is none, as in a test. */
    static @Nullable WatchedConnection of(HttpServletRequest request) {
        return of(ServletContextRequest.getServletContextRequest(request));
    }

    static @Nullable WatchedConnection of(Request request) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        return endPoint instanceof WatchedConnection connection ? connection : null;
    }

    /** What reports that the client of a request has gone; null where nothing does. */
    static OpenExchange.@Nullable Client client(Context context) {
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(context.req());
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2
                ? new StreamWatch(request)
                : of(request);
    }

    /** A request has come. */
    default void begin() {
        use().begin();
    }

    /** Its answer is known; whether the client reads it concerns no other. */
    default void answered() {
        use().answered();
    }

    /** Whether its next request was there before the server had to wait for it; to be asked once for each answer. */
    default boolean isGreedy() {
        return use().isGreedy();
    }

    /** Whether it waits for an answer. */
    default boolean isBusy() {
        return use().isBusy();
    }

    /** Time since its last request, or since it came. */
    default long silentNanos() {
        return use().silentNanos();
    }
}
