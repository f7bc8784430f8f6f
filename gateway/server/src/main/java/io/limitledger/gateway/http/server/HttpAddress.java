package io.limitledger.gateway.http.server;

import io.limitledger.gateway.access.Network;
import io.limitledger.gateway.tls.ServerCertificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen, how, and by which names clients get there.
 *
 * @param host name or address of one interface; {@code 0.0.0.0} for all
 * @param port 0 for any that is free
 * @param site by which other names it is reached, and which pages may use it
 * @param certificate to be shown; null for connections without TLS
 * @param proxies whose word on where a request comes from is believed
 */
public record HttpAddress(
        String host, int port, Site site, @Nullable ServerCertificate certificate, List<Network> proxies) {
    /** Only this machine: wider reach is the operator's decision. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    public HttpAddress {
        proxies = List.copyOf(proxies);
    }

    /** Without TLS, and without proxies. */
    public HttpAddress(String host, int port, Site site) {
        this(host, port, site, null, List.of());
    }

    /** The same, reached by its own addresses only. */
    public HttpAddress(String host, int port) {
        this(host, port, Site.OWN_ADDRESSES);
    }
}
