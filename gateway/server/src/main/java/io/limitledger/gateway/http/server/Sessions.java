package io.limitledger.gateway.http.server;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.admission.FairShare;
import io.limitledger.gateway.http.AskSession;
import io.limitledger.gateway.http.Client;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.HttpObserver;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.ProblemType;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServletFactory;
import org.eclipse.jetty.websocket.api.ExtensionConfig;
import org.jspecify.annotations.Nullable;

/** All sessions of this gateway: which connections may become one, how many there may be, and their end when it stops. */
final class Sessions {
    /**
     * Sessions at a time. One process has one, and each may keep a message, and the answers that its client has not read yet;
     * what is refused goes on with single requests.
     */
    static final int MOST = 2_000;

    /** About as long as it takes until others have gone. */
    private static final long RETRY_MILLIS = 5_000;

    /** How long the answers that are there when the server stops may take to be sent. */
    private static final long STOP_MILLIS = 1_000;

    /** No extension: to compress small frames costs more than it saves, and memory for each connection. */
    private static final List<ExtensionConfig> NO_EXTENSIONS = List.of();

    private final JettySetup jetty;
    private final OpenExchanges open;
    private final Door door;
    private final HttpObserver observer;
    private final FairShare places;
    private final Map<String, AskSession.Factory> factories = new HashMap<>();
    private final Set<SessionConnection> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean isStopping;

    Sessions(JettySetup jetty, OpenExchanges open, Door door, HttpObserver observer) {
        this.jetty = jetty;
        this.open = open;
        this.door = door;
        this.observer = observer;
        this.places = new FairShare(jetty::mostSessions);
    }

    void add(String path, AskSession.Factory factory) {
        factories.put(path, factory);
    }

    void applyTo(JavalinConfig config) {
        config.jetty.modifyWebSocketServletFactory(
                jettyFactory -> factories.forEach((path, factory) -> map(jettyFactory, path, factory)));
    }

    private void map(JettyWebSocketServletFactory jettyFactory, String path, AskSession.Factory factory) {
        jettyFactory.addMapping(path, (request, response) -> open(request, response, path, factory));
    }

    private SessionConnection open(
            JettyServerUpgradeRequest request,
            JettyServerUpgradeResponse response,
            String path,
            AskSession.Factory factory) {
        response.setExtensions(NO_EXTENSIONS);
        WatchedConnection connection =
                Objects.requireNonNull(WatchedConnection.of(request.getHttpServletRequest()), "the connection");
        Guests.Guest guest = Door.admitted(request.getHttpServletRequest());
        Object client = Client.of(request.getHttpServletRequest());
        return new SessionConnection(this, connection, client, path, guest, factory);
    }

    static CompletableFuture<HttpAnswer> upgradeRequired() {
        return HttpAnswer.problem(ProblemType.UPGRADE_REQUIRED.because(
                        "GET /v1/session is a WebSocket; connect with 'Upgrade: websocket'"))
                .now();
    }

    /** Refuses an upgrade, before it is one, with a problem. */
    void admit(Context request, Need need) throws IOException {
        Problem refusal = refusal(request, need);
        if (refusal != null) {
            Door.refuse(request, refusal);
        }
    }

    private @Nullable Problem refusal(Context request, Need need) {
        if (isStopping) {
            return OpenExchanges.stopping();
        }
        Problem unidentified = door.admit(request, need);
        return unidentified == null ? beyondBound(Client.of(request)) : unidentified;
    }

    private @Nullable Problem beyondBound(Object client) {
        return switch (places.look(client)) {
            case TAKEN -> null;
            case SHARE_FULL ->
                ProblemType.CLIENT_BUSY
                        .because("This client has " + places.has(client)
                                + " sessions, as many as are left for others; use single requests, or try again later")
                        .retryAfter(RETRY_MILLIS);
            case ALL_FULL ->
                ProblemType.OVERLOADED
                        .because("This gateway has " + places.all()
                                + " sessions, as many as it may; use single requests, or try again later")
                        .retryAfter(RETRY_MILLIS);
        };
    }

    void opened(SessionConnection session) {
        sessions.add(session);
        places.takeAnyway(session.client());
        if (isStopping) {
            CompletableFuture<Void> unused = session.stop();
        }
    }

    void closed(SessionConnection session) {
        if (sessions.remove(session)) {
            places.giveBack(session.client());
        }
    }

    Door door() {
        return door;
    }

    OpenExchanges exchanges() {
        return open;
    }

    HttpObserver observer() {
        return observer;
    }

    Executor executor() {
        return jetty.threads();
    }

    SlowClients slowClients() {
        return jetty.slowClients();
    }

    /** Closes all, each when what has been decided is sent; what takes longer than a moment is left. */
    void stop() {
        isStopping = true;
        CompletableFuture<?>[] ends =
                sessions.stream().map(SessionConnection::stop).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The server closes them.
        }
    }
}
