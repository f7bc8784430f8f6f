package io.limitledger.gateway.access;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a request brings to show who sends it. Has no text form, so that none is printed by accident.
 *
 * @param address from which it comes
 * @param certificate of the client, verified by the TLS connection; null if it has none
 * @param header a header of the request by its name; null if it is absent
 */
public record Credentials(
        InetAddress address, @Nullable X509Certificate certificate, Function<String, @Nullable String> header) {
    @Override
    public String toString() {
        return "credentials from " + address.getHostAddress();
    }
}
