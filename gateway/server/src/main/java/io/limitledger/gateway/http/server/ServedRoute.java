package io.limitledger.gateway.http.server;

import io.limitledger.gateway.access.Need;

/**
 * A route that is served, as it was added.
 *
 * @param method of HTTP; {@code WEBSOCKET} for a socket
 * @param path a template, such as {@code /v1/limits/{name}}
 * @param isListed whether it is an operation of the contract
 */
public record ServedRoute(String method, String path, Need need, boolean isListed) {
    static final String WEBSOCKET = "WEBSOCKET";

    /** Method and template, such as {@code GET /v1/limits/{name}}. */
    public String operation() {
        return method + " " + path;
    }
}
