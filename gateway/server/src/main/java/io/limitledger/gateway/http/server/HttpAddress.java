package io.limitledger.gateway.http.server;

import io.limitledger.gateway.access.Network;
import io.limitledger.gateway.tls.ServerCertificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen, and how.
 *
 * @param host name or address of one interface; {@code 0.0.0.0} for all
 * @param port 0 for any that is free
 * @param certificate to be shown; null for connections without TLS
 * @param proxies whose word on where a request comes from is believed
 */
public record HttpAddress(String host, int port, @Nullable ServerCertificate certificate, List<Network> proxies) {
    /** Only this machine: wider reach is the operator's decision. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    public HttpAddress {
        proxies = List.copyOf(proxies);
    }

    /** Without TLS, and without proxies. */
    public HttpAddress(String host, int port) {
        this(host, port, null, List.of());
    }
}
