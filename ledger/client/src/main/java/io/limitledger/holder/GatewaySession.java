package io.limitledger.holder;

import io.limitledger.timer.Timer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a gateway over one connection at a time, which is made with the first ask, and anew with the first after its end. Where
 * the upgrade is refused (an older gateway, a proxy that does not know it, too many sessions), asks take the other way for a
 * minute, and then it is tried again.
 */
final class GatewaySession {
    /** A proxy that does not let it through today may be configured otherwise tomorrow. */
    static final long REFUSED_MILLIS = 60_000;

    /** A gateway that has as many sessions as it may, or is stopping. */
    private static final int BUSY = 503;

    private static final long BUSY_MILLIS = 2_000;

    /** Connections that break off before the upgrade is answered, as they also do while a gateway restarts. */
    private static final int MOST_BROKEN_UPGRADES = 5;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final GatewayAddress gateway;
    private final HttpClient client;
    private final Timer timer;
    private final Consumer<GatewayAsk<?>> otherwise;
    private final BiConsumer<UUID, String> whenLost;

    private @Nullable GatewayConnection connection;
    private long refusedUntilMillis = Long.MIN_VALUE;
    private int brokenUpgrades;
    private boolean isClosed;

    /**
     * Where nothing is connected yet.
     *
     * @param otherwise takes what cannot be asked in a session
     * @param whenLost is called for a lease that has ended otherwise than by a release here, with the reason
     */
    GatewaySession(
            GatewayAddress gateway,
            HttpClient client,
            Timer timer,
            Consumer<GatewayAsk<?>> otherwise,
            BiConsumer<UUID, String> whenLost) {
        this.gateway = gateway;
        this.client = client;
        this.timer = timer;
        this.otherwise = otherwise;
        this.whenLost = whenLost;
    }

    void ask(GatewayAsk<?> ask) {
        GatewayConnection current = current();
        while (current != null && !current.ask(ask)) {
            // It has ended in this moment.
            current = current();
        }
        if (current == null) {
            otherwise.accept(ask);
        }
    }

    /** Whether what is asked from now on is decided behind what has been asked. */
    synchronized boolean isOpen() {
        return connection != null && connection.isOpen();
    }

    /** Whether the end of this lease would be reported. */
    synchronized boolean watches(UUID leaseId) {
        return connection != null && connection.watches(leaseId);
    }

    /** Null where no session can be had. */
    private @Nullable GatewayConnection current() {
        GatewayConnection fresh;
        synchronized (this) {
            if (isClosed || timer.nowMillis() < refusedUntilMillis) {
                return null;
            }
            if (connection != null && !connection.isEnded()) {
                return connection;
            }
            fresh = new GatewayConnection(gateway, timer, whenLost);
            connection = fresh;
        }
        connect(fresh);
        return fresh;
    }

    private void connect(GatewayConnection fresh) {
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(CONNECT_TIMEOUT);
        if (gateway.authorization() != null) {
            builder.header("Authorization", gateway.authorization());
        }
        URI address = URI.create(gateway.url().replaceFirst("(?i)^http", "ws") + "/v1/session");
        CompletableFuture<WebSocket> unused =
                builder.buildAsync(address, fresh).whenComplete((socket, failure) -> connected(fresh, socket, failure));
    }

    private void connected(GatewayConnection fresh, @Nullable WebSocket socket, @Nullable Throwable failure) {
        if (socket != null) {
            countBroken(0);
            fresh.open(socket);
            return;
        }
        Throwable cause = Failures.cause(failure);
        if (cause instanceof WebSocketHandshakeException refusal) {
            refuse(fresh, refusal.getResponse().statusCode() == BUSY ? BUSY_MILLIS : REFUSED_MILLIS);
        } else if (!Failures.isUnconnected(failure) && (cause instanceof HttpTimeoutException || isBrokenAgain())) {
            refuse(fresh, REFUSED_MILLIS);
        } else {
            fresh.end(new IllegalStateException(
                    "Expected to reach the gateway at " + gateway + ", but " + cause, failure));
        }
    }

    private synchronized void countBroken(int count) {
        brokenUpgrades = count;
    }

    private synchronized boolean isBrokenAgain() {
        return ++brokenUpgrades >= MOST_BROKEN_UPGRADES;
    }

    private void refuse(GatewayConnection fresh, long millis) {
        synchronized (this) {
            refusedUntilMillis = timer.nowMillis() + millis;
        }
        fresh.takeUnanswered().forEach(otherwise);
    }

    void close() {
        GatewayConnection last;
        synchronized (this) {
            isClosed = true;
            last = connection;
        }
        if (last != null) {
            last.close();
        }
    }
}
