package io.limitledger.gateway.http.server;

import io.limitledger.gateway.http.HttpJson;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.tls.ServerCertificate;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS 1.2 and 1.3 on a port, with HTTP/2 and HTTP/1.1 above it, as client and server agree. */
final class TlsSetup {
    private static final String ALPN = "alpn";
    private static final String HTTP_1 = "http/1.1";
    private static final String HTTP_2 = "h2";

    /** Longer than the longest wait for slots, for which a stream is silent. A body that does not come is cut off elsewhere. */
    private static final long STREAM_IDLE_MILLIS = Duration.ofHours(2).toMillis();

    /** Waiting requests of one connection. A browser or a proxy needs a hundred; a process with more has a session. */
    private static final int MOST_STREAMS = 256;

    private final ServerCertificate certificate;

    TlsSetup(ServerCertificate certificate) {
        this.certificate = certificate;
    }

    /** What takes the bytes of a new connection, outermost first. */
    List<ConnectionFactory> connectionFactories(HttpConfiguration http) {
        // Which host is asked for is checked in one place, with TLS or without.
        http.addCustomizer(new SecureRequestCustomizer(false, false, -1, false));
        ALPNServerConnectionFactory agreed = new ALPNServerConnectionFactory(HTTP_2, HTTP_1);
        agreed.setDefaultProtocol(HTTP_1);
        return List.of(new TlsOnly(new Tls(certificate)), agreed, http2(http), new BarePercents(http));
    }

    private static HTTP2ServerConnectionFactory http2(HttpConfiguration http) {
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
        http2.setStreamIdleTimeout(STREAM_IDLE_MILLIS);
        http2.setMaxConcurrentStreams(MOST_STREAMS);
        // Sessions are made over HTTP/1.1, by browsers too then.
        http2.setConnectProtocolEnabled(false);
        return http2;
    }

    /** Connections with the newest certificate. */
    private static final class Tls extends SslConnectionFactory {
        private final ServerCertificate certificate;
        private SSLContext context;

        Tls(ServerCertificate certificate) {
            super(new SslContextFactory.Server(), ALPN);
            this.certificate = certificate;
            this.context = certificate.context();
            SslContextFactory.Server contexts = getSslContextFactory();
            contexts.setSslContext(context);
            contexts.setIncludeProtocols("TLSv1.2", "TLSv1.3");
            // Those without one are answered that it is not known who asks, and health checks need none.
            contexts.setWantClientAuth(certificate.asksClients());
            contexts.setRenegotiationAllowed(false);
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            refresh();
            return super.newConnection(connector, endPoint);
        }

        private synchronized void refresh() {
            SSLContext newest = certificate.context();
            if (newest != context) {
                context = newest;
                try {
                    getSslContextFactory().reload(contexts -> contexts.setSslContext(newest));
                } catch (Exception e) {
                    throw new IllegalStateException("TLS was not set up anew", e);
                }
            }
        }

        @Override
        protected SslConnection newSslConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
            return new TlsConnection(
                    connector.getByteBufferPool(),
                    connector.getExecutor(),
                    getSslContextFactory(),
                    (PlainConnection) endPoint,
                    engine);
        }
    }

    /** Answers clients that do not speak TLS, which would find a closed connection otherwise. */
    private static final class TlsOnly extends DetectorConnectionFactory {
        private static final byte[] ANSWER = answer();

        TlsOnly(Tls tls) {
            super(tls);
        }

        @Override
        protected void nextProtocol(Connector connector, EndPoint endPoint, ByteBuffer read) {
            endPoint.write(Callback.from(endPoint::close), ByteBuffer.wrap(ANSWER));
        }

        private static byte[] answer() {
            byte[] problem = HttpJson.write(ProblemType.UNREADABLE_REQUEST.because(
                    "This port speaks TLS only, and the request came without; write https:// instead of http://"));
            String head = "HTTP/1.1 400 Bad Request\r\nContent-Type: " + AnswerWriter.PROBLEM + "\r\nContent-Length: "
                    + problem.length + "\r\nConnection: close\r\n\r\n";
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            answer.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
            answer.writeBytes(problem);
            return answer.toByteArray();
        }
    }
}
