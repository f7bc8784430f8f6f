package io.limitledger.gateway.prefect;

import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import io.javalin.websocket.WsMessageContext;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.http.HttpJson;
import io.limitledger.gateway.http.RouteGroup;
import io.limitledger.gateway.http.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Where clients send their events, one connection for each burst of them. They are taken and dropped: what happened to
 * a lease the ledger knows better, and without the socket each burst would end in a warning.
 */
final class EventsSocket implements RouteGroup {
    private static final String PATH = "/events/in";
    private static final String PROTOCOL = "prefect";
    private static final String AUTHENTICATED = "{\"type\":\"auth_success\"}";
    private static final String IS_AUTHENTICATED = "is authenticated";
    private static final int POLICY_VIOLATION = 1008;

    @Override
    public void addTo(Routes routes) {
        routes.socket("/api" + PATH, Need.PUBLIC, PROTOCOL, EventsSocket::configure);
        routes.socket(
                "/api/accounts/{account}/workspaces/{workspace}" + PATH,
                Need.PUBLIC,
                PROTOCOL,
                EventsSocket::configure);
    }

    private static void configure(WsConfig socket) {
        // A client that does not speak the protocol need not authenticate.
        socket.onConnect(connection -> connection.attribute(IS_AUTHENTICATED, !speaksProtocol(connection)));
        socket.onMessage(EventsSocket::message);
    }

    private static boolean speaksProtocol(WsContext connection) {
        return Routes.isOffered(PROTOCOL, connection.header("Sec-WebSocket-Protocol"));
    }

    /** This server has no users, so any client that sends the word is let in. */
    private static void message(WsMessageContext message) {
        boolean isAuthenticated = Boolean.TRUE.equals(message.attribute(IS_AUTHENTICATED));
        if (isAuthenticated) {
            return;
        }
        if (isAuth(message.message())) {
            message.attribute(IS_AUTHENTICATED, true);
            message.send(AUTHENTICATED);
        } else {
            message.closeSession(POLICY_VIOLATION, "Expected 'auth' message");
        }
    }

    private static boolean isAuth(String message) {
        try {
            return HttpJson.read(message.getBytes(StandardCharsets.UTF_8))
                    .path("type")
                    .asText()
                    .equals("auth");
        } catch (IOException e) {
            return false;
        }
    }
}
