package io.limitledger.gateway.http.server;

import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP/1.1 in which a percent sign that encodes nothing is itself: the path {@code /100%} is {@code /100%25}.
 * Clients of Prefect send names so, and the reference takes them so. Jetty refuses them while it reads the first line,
 * before any handler, whatever {@code UriCompliance} allows.
 */
final class BarePercents extends HttpConnectionFactory {
    private static final Pattern BARE = Pattern.compile("%(?![0-9a-fA-F]{2})");

    BarePercents(HttpConfiguration http) {
        super(http);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConnection connection = new HttpConnection(getHttpConfiguration(), connector, endPoint) {
            @Override
            protected HttpStreamOverHTTP1 newHttpStream(String method, String uri, HttpVersion version) {
                return super.newHttpStream(method, encoded(uri), version);
            }
        };
        connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
        return configure(connection, connector, endPoint);
    }

    /** Readers of a query cope with such a sign, which may be part of any value there. */
    static String encoded(String address) {
        int query = address.indexOf('?');
        String path = query < 0 ? address : address.substring(0, query);
        return path.indexOf('%') < 0
                ? address
                : BARE.matcher(path).replaceAll("%25") + address.substring(path.length());
    }
}
