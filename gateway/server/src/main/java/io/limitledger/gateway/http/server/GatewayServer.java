package io.limitledger.gateway.http.server;

import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import io.limitledger.gateway.http.HttpObserver;
import io.limitledger.gateway.http.RouteGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** The HTTP server. It knows no route by itself; what it serves comes in groups of routes. */
public final class GatewayServer implements AutoCloseable {
    private final JettySetup jetty;
    private final OpenExchanges open;
    private final Sessions sessions;
    private final Javalin javalin;
    private final List<String> operations;

    private GatewayServer(
            JettySetup jetty, OpenExchanges open, Sessions sessions, Javalin javalin, List<String> operations) {
        this.jetty = jetty;
        this.open = open;
        this.sessions = sessions;
        this.javalin = javalin;
        this.operations = operations;
    }

    /** Serves when it returns. */
    public static GatewayServer start(HttpAddress address, HttpObserver observer, List<RouteGroup> groups) {
        return start(new JettySetup(address), observer, groups);
    }

    static GatewayServer start(JettySetup jetty, HttpObserver observer, List<RouteGroup> groups) {
        OpenExchanges open = new OpenExchanges(jetty.threads());
        Sessions sessions = new Sessions(jetty, open, observer);
        List<String> operations = new ArrayList<>();
        Javalin javalin = Javalin.create(config -> {
            jetty.applyTo(config);
            JavalinSetup.apply(config, observer);
            JavalinRoutes routes = new JavalinRoutes(config.routes, jetty.threads(), open, sessions);
            groups.forEach(group -> group.addTo(routes));
            sessions.applyTo(config);
            operations.addAll(routes.operations());
        });
        return new GatewayServer(jetty, open, sessions, javalin.start(), operations);
    }

    /** The port that was asked for, or the one that was free. */
    public int port() {
        return javalin.port();
    }

    /** Requests that have come and have not ended. */
    public long underWay() {
        return jetty.underWay();
    }

    /** All routes, such as {@code GET /v1/limits/{name}}. */
    public List<String> operations() {
        return List.copyOf(operations);
    }

    /** Answers requests that wait, and takes no more; gives those being written a short time to end, and stops. */
    @Override
    public void close() {
        open.stop();
        sessions.stop();
        try {
            javalin.stop();
        } catch (JavalinException e) {
            // A reader that takes its time with an answer is not waited for.
            if (!(e.getCause() instanceof TimeoutException)) {
                throw e;
            }
        }
    }
}
