package io.limitledger.holder;

import io.limitledger.timer.Timer;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Set;
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

    /**
     * That it is not known who asks, that it may not, or that the gateway has as many sessions as it may or is stopping. Asked by a
     * request, the gateway says why; a token may be replaced soon.
     */
    private static final Set<Integer> BRIEF_REFUSALS = Set.of(401, 403, 429, 503);

    private static final long BUSY_MILLIS = 2_000;

    /** Connections that break off before the upgrade is answered, as they also do while a gateway restarts. */
    private static final int MOST_BROKEN_UPGRADES = 5;

    private final Gateway gateway;
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
    GatewaySession(Gateway gateway, Timer timer, Consumer<GatewayAsk<?>> otherwise, BiConsumer<UUID, String> whenLost) {
        this.gateway = gateway;
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
            fresh = new GatewayConnection(gateway, timer, this::askOtherwise, whenLost);
            connection = fresh;
        }
        connect(fresh);
        return fresh;
    }

    private void connect(GatewayConnection fresh) {
        CompletableFuture<WebSocket> connecting;
        try {
            connecting = gateway.connect("/v1/session", fresh);
        } catch (RuntimeException e) {
            fresh.end(new IllegalStateException("The gateway at " + gateway + " was not asked: " + e.getMessage(), e));
            return;
        }
        CompletableFuture<WebSocket> unused =
                connecting.whenComplete((socket, failure) -> connected(fresh, socket, failure));
    }

    private void connected(GatewayConnection fresh, @Nullable WebSocket socket, @Nullable Throwable failure) {
        if (socket != null) {
            countBroken(0);
            fresh.open(socket);
            return;
        }
        Throwable cause = Failures.cause(failure);
        if (cause instanceof WebSocketHandshakeException refusal) {
            boolean isBrief = BRIEF_REFUSALS.contains(refusal.getResponse().statusCode());
            refuse(fresh, isBrief ? BUSY_MILLIS : REFUSED_MILLIS);
        } else if (!Failures.isUnconnected(failure) && (cause instanceof HttpTimeoutException || isBrokenAgain())) {
            refuse(fresh, REFUSED_MILLIS);
        } else {
            fresh.end(new IllegalStateException(
                    "Expected to reach the gateway at " + gateway + ", but " + Failures.inWords(failure), failure));
        }
    }

    private synchronized void countBroken(int count) {
        brokenUpgrades = count;
    }

    private synchronized boolean isBrokenAgain() {
        return ++brokenUpgrades >= MOST_BROKEN_UPGRADES;
    }

    /** Credentials that are no longer valid: those of now are sent with a request, and with the next connection. */
    private void askOtherwise(GatewayConnection ended) {
        ended.takeUnanswered().forEach(otherwise);
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
