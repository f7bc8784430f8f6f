package io.limitledger.gateway.http.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Whom the bounds for each client count as one: an address; of IPv6 the network of 64 bits, since its owner has all
 * addresses in it; behind a trusted proxy the address that the proxy names.
 */
final class ClientAddress {
    private static final int IPV4_BYTES = 4;

    /** As long as an address can be in text; whatever else a proxy sends is a client too. */
    private static final int MOST_CHARACTERS = 45;

    private final Predicate<InetAddress> isTrustedProxy;

    ClientAddress(Predicate<InetAddress> isTrustedProxy) {
        this.isTrustedProxy = isTrustedProxy;
    }

    /** Whether clients are behind this address, so that it is not one client itself. */
    boolean isProxy(SocketAddress address) {
        return address instanceof InetSocketAddress internet
                && internet.getAddress() != null
                && isTrustedProxy.test(internet.getAddress());
    }

    /** That of a request. */
    Object of(Request request) {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        return isProxy(remote) ? forwarded(request.getHeaders(), of(remote)) : of(remote);
    }

    /** That of a connection, or of what is no address of the internet, itself. */
    static Object of(SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress internet) || internet.getAddress() == null) {
            return remote;
        }
        byte[] bytes = internet.getAddress().getAddress();
        return ByteBuffer.wrap(bytes, 0, bytes.length == IPV4_BYTES ? IPV4_BYTES : Long.BYTES)
                .asReadOnlyBuffer();
    }

    /** The last one: those before it are what the client says of itself. */
    private static Object forwarded(HttpFields headers, Object proxy) {
        List<String> hops = headers.getCSV(HttpHeader.X_FORWARDED_FOR, false);
        if (hops.isEmpty()) {
            return proxy;
        }
        String last = hops.get(hops.size() - 1);
        return last.substring(0, Math.min(last.length(), MOST_CHARACTERS));
    }
}
