package io.limitledger.gateway.http.server;

import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import io.limitledger.gateway.access.Gatekeeper;
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
    private final Door door;
    private final Javalin javalin;
    private final List<ServedRoute> routes;

    private GatewayServer(
            JettySetup jetty,
            OpenExchanges open,
            Sessions sessions,
            Door door,
            Javalin javalin,
            List<ServedRoute> routes) {
        this.jetty = jetty;
        this.open = open;
        this.sessions = sessions;
        this.door = door;
        this.javalin = javalin;
        this.routes = routes;
    }

    /** Serves every client whatever it asks for, when it returns: authentication is off. */
    public static GatewayServer start(HttpAddress address, HttpObserver observer, List<RouteGroup> groups) {
        return start(address, observer, Gatekeeper.OPEN, groups);
    }

    /** Serves those that the gatekeeper knows, when it returns. */
    public static GatewayServer start(
            HttpAddress address, HttpObserver observer, Gatekeeper gatekeeper, List<RouteGroup> groups) {
        return start(new JettySetup(address), observer, gatekeeper, groups);
    }

    static GatewayServer start(
            JettySetup jetty, HttpObserver observer, Gatekeeper gatekeeper, List<RouteGroup> groups) {
        Refusals refusals = new Refusals(observer);
        Door door = new Door(gatekeeper, refusals);
        OpenExchanges open = new OpenExchanges(jetty.threads());
        Sessions sessions = new Sessions(jetty, open, door, observer);
        List<ServedRoute> served = new ArrayList<>();
        Javalin javalin = Javalin.create(config -> {
            jetty.applyTo(config, refusals);
            JavalinSetup.apply(config, observer);
            JavalinRoutes routes = new JavalinRoutes(config.routes, jetty.threads(), open, door, sessions);
            groups.forEach(group -> group.addTo(routes));
            sessions.applyTo(config);
            served.addAll(routes.served());
        });
        return new GatewayServer(jetty, open, sessions, door, javalin.start(), served);
    }

    /** The port that was asked for, or the one that was free. */
    public int port() {
        return javalin.port();
    }

    /** Requests that have come and have not ended. */
    public long underWay() {
        return jetty.underWay();
    }

    /** All routes, with those of APIs whose contract is not ours. */
    public List<ServedRoute> routes() {
        return List.copyOf(routes);
    }

    /** Answers requests that wait, and takes no more; gives those being written a short time to end, and stops. */
    @Override
    public void close() {
        open.stop();
        sessions.stop();
        door.close();
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
