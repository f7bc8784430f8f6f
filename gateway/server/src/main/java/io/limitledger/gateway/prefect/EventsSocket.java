package io.limitledger.gateway.prefect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import io.javalin.websocket.WsMessageContext;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Credentials;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpJson;
import io.limitledger.gateway.http.RouteGroup;
import io.limitledger.gateway.http.Routes;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

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

    private final Gatekeeper gatekeeper;

    EventsSocket(Gatekeeper gatekeeper) {
        this.gatekeeper = gatekeeper;
    }

    @Override
    public void addTo(Routes routes) {
        routes.socket("/api" + PATH, Need.PUBLIC, PROTOCOL, this::configure);
        routes.socket("/api/accounts/{account}/workspaces/{workspace}" + PATH, Need.PUBLIC, PROTOCOL, this::configure);
    }

    private void configure(WsConfig socket) {
        socket.onConnect(EventsSocket::connect);
        socket.onMessage(this::message);
    }

    /** A client that does not speak the protocol has shown in its handshake who it is, or never does. */
    private static void connect(WsContext connection) {
        boolean isKnown = isKnown(connection);
        boolean speaksProtocol = Routes.isOffered(PROTOCOL, connection.header("Sec-WebSocket-Protocol"));
        connection.attribute(IS_AUTHENTICATED, isKnown && !speaksProtocol);
        if (!isKnown && !speaksProtocol) {
            connection.closeSession(POLICY_VIOLATION, "Send a token in the header Authorization");
        }
    }

    /** The first message says who it is; without authentication, any client that sends the word is let in. */
    private void message(WsMessageContext message) {
        if (Boolean.TRUE.equals(message.attribute(IS_AUTHENTICATED))) {
            return;
        }
        JsonNode auth = read(message.message());
        if (!auth.path("type").asText().equals("auth")) {
            message.closeSession(POLICY_VIOLATION, "Expected 'auth' message");
        } else if (isKnown(message)) {
            letIn(message);
        } else {
            CompletableFuture<Void> unused = gatekeeper
                    .caller(credentials(auth.path("token").asText("")))
                    .handle((caller, failure) -> {
                        if (failure == null) {
                            letIn(message);
                        } else {
                            message.closeSession(POLICY_VIOLATION, "The token is not valid");
                        }
                        return null;
                    });
        }
    }

    private static boolean isKnown(WsContext connection) {
        Caller caller = connection.attribute(Exchange.CALLER);
        return caller != null && !caller.equals(Caller.UNKNOWN);
    }

    private static void letIn(WsMessageContext message) {
        message.attribute(IS_AUTHENTICATED, true);
        message.send(AUTHENTICATED);
    }

    /** Clients send here what they send with requests as a header: a key as it is, a user and password with a colon between. */
    private static Credentials credentials(String token) {
        String authorization = token.indexOf(':') < 0
                ? "Bearer " + token
                : "Basic " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
        // No header of a proxy is among these, for which alone the address matters.
        return new Credentials(
                InetAddress.getLoopbackAddress(),
                null,
                name -> name.equalsIgnoreCase("Authorization") && !token.isEmpty() ? authorization : null);
    }

    private static JsonNode read(String message) {
        try {
            return HttpJson.read(message.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
