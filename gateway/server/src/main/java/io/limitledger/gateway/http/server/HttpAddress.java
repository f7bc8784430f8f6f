package io.limitledger.gateway.http.server;

/**
 * Where to listen.
 *
 * @param host name or address of one interface; {@code 0.0.0.0} for all
 * @param port 0 for any that is free
 */
public record HttpAddress(String host, int port) {
    /** Only this machine: requests are not authenticated, so wider reach is the operator's decision. */
    public static final String DEFAULT_HOST = "127.0.0.1";
}
