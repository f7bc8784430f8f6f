package io.limitledger.gateway.http.server;

import io.limitledger.gateway.tls.ServerCertificate;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen, and how.
 *
 * @param host name or address of one interface; {@code 0.0.0.0} for all
 * @param port 0 for any that is free
 * @param certificate to be shown; null for connections without TLS
 */
public record HttpAddress(
        String host, int port, @Nullable ServerCertificate certificate) {
    /** Only this machine: wider reach is the operator's decision. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    /** Without TLS. */
    public HttpAddress(String host, int port) {
        this(host, port, null);
    }
}
