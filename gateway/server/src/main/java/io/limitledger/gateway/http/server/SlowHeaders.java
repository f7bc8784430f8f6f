package io.limitledger.gateway.http.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.WebSocketConnection;

/**
 * Closes connections whose clients take too long for the head of a request. The idle time-out does not: a byte now and then ends
 * it. Bodies have a time-out of their own in {@link SlowClients}; WebSockets, and connections that wait for an answer, have none here.
 */
final class SlowHeaders extends AbstractLifeCycle {
    private static final int CHECKS = 4;

    private final Supplier<Scheduler> scheduler;
    private final Supplier<Stream<WatchedConnection>> open;
    private final Duration most;

    /** @param most since the last request of the connection, or since it came; longer than it may be silent */
    SlowHeaders(Supplier<Scheduler> scheduler, Supplier<Stream<WatchedConnection>> open, Duration most) {
        this.scheduler = scheduler;
        this.open = open;
        this.most = most;
    }

    @Override
    protected void doStart() {
        checkLater();
    }

    private void checkLater() {
        scheduler.get().schedule(this::check, most.toMillis() / CHECKS, TimeUnit.MILLISECONDS);
    }

    private void check() {
        if (isRunning()) {
            open.get().filter(this::isOverdue).forEach(WatchedConnection::close);
            checkLater();
        }
    }

    /** Whether what the client sends next is the head of a request, or of TLS. */
    private static boolean isRead(Connection connection) {
        return connection instanceof TlsConnection tls
                ? !(tls.getSslEndPoint().getConnection() instanceof WebSocketConnection)
                : connection instanceof HttpConnection;
    }

    private boolean isOverdue(WatchedConnection connection) {
        return !connection.isBusy() && connection.silentNanos() > most.toNanos() && isRead(connection.getConnection());
    }
}
