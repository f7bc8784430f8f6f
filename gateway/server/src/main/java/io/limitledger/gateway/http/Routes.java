package io.limitledger.gateway.http;

import io.javalin.http.HandlerType;
import io.javalin.websocket.WsConfig;
import io.limitledger.gateway.access.Need;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link RouteGroup} adds its routes. Paths are templates, such as {@code /v1/limits/{name}}. Each route says what it
 * needs of its caller, which is checked before its handler is asked.
 */
public interface Routes {
    /** Also answers HEAD, with the same headers: the server leaves out the body. */
    void get(String path, Need need, RouteHandler handler);

    /** The same without HEAD: for bodies that have no end. */
    void stream(String path, Need need, RouteHandler handler);

    void put(String path, Need need, RouteHandler handler);

    void patch(String path, Need need, RouteHandler handler);

    void post(String path, Need need, RouteHandler handler);

    void delete(String path, Need need, RouteHandler handler);

    /** Exactly this method, and not among the operations of the contract: for APIs whose contract is not ours. */
    void addForeign(HandlerType method, String path, Need need, RouteHandler handler);

    /** Takes what no other route takes, whatever the method; to be added after all others of its paths. */
    void otherwise(String path, Need need, RouteHandler handler);

    /**
     * A WebSocket.
     *
     * @param protocol the one that is chosen if a client offers it; otherwise none is
     */
    void socket(String path, Need need, String protocol, Consumer<WsConfig> handler);

    /**
     * A WebSocket that carries many asks: each line of a text message is one, and so is each line of what is answered.
     *
     * @param sessions is called for each connection
     */
    void session(String path, Need need, AskSession.Factory sessions);

    /** Whether a protocol is among those that the header of a handshake lists. */
    static boolean isOffered(String protocol, @Nullable String offered) {
        return offered != null
                && Arrays.stream(offered.split(",")).anyMatch(one -> one.strip().equals(protocol));
    }
}
