package io.limitledger.gateway.http.server;

import io.javalin.config.JavalinConfig;
import io.limitledger.gateway.admission.FairShare;
import io.limitledger.gateway.tls.ServerCertificate;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The web server below: threads, connections and bounds. No request holds a thread while it waits for anything. */
final class JettySetup {
    /**
     * Nothing blocks, so that a few for each core are enough. More would do harm: when too many ask, these threads turn them
     * away as fast as they come, and a ledger on the same cores gets nothing done.
     */
    private static final int MAX_THREADS = Math.min(16, 8 * Runtime.getRuntime().availableProcessors());

    private static final int MIN_THREADS = 4;

    /** Connections that may come at once. Those beyond it are reset; the default is 50. */
    private static final int MAX_UNACCEPTED = 4_096;

    /** Connections at a time: enough for all that may wait on this gateway, and for those who give back meanwhile. */
    private static final int MAX_CONNECTIONS = 25_000;

    /** Each costs memory for as long as it is there: this much when a request has come in part. */
    private static final int BYTES_OF_CONNECTION = 32 * 1_024;

    /** Part of the heap that connections may have. */
    private static final int HEAP_SHARE = 2;

    /** How long a connection may be silent between two requests. */
    private static final long IDLE_MILLIS = 60_000;

    /** How long it may take until the next request is there, when its client sends a little now and then. */
    private static final Duration LONGEST_HEADERS = Duration.ofMillis(IDLE_MILLIS + 10_000);

    /** The same when the server stops: just enough for a request that is already on the wire. */
    private static final long STOPPING_IDLE_MILLIS = 100;

    /** How long requests under way may take to end when the server stops. */
    private static final long STOP_MILLIS = 2_000;

    /**
     * Names of limits may have nearly any character, and it is the core that says which are valid. So percent-encoded
     * slashes, dots and the like come through to the routes. What is no UTF-8 does not: it cannot be a name.
     */
    private static final UriCompliance ADDRESSES = UriCompliance.from(EnumSet.of(
            Violation.AMBIGUOUS_EMPTY_SEGMENT,
            Violation.AMBIGUOUS_PATH_ENCODING,
            Violation.AMBIGUOUS_PATH_PARAMETER,
            Violation.AMBIGUOUS_PATH_SEGMENT,
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.ILLEGAL_PATH_CHARACTERS,
            Violation.SUSPICIOUS_PATH_CHARACTERS));

    private final ClientAddress clients;
    private final Duration longestHeaders;
    private final HttpAddress address;
    private final int mostConnections;
    private final QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);

    private final GracefulHandler underWay = new GracefulHandler();

    /** Half of the threads: the others take what comes in, and bodies, and answers. */
    private static final int TURNS = Math.max(2, MAX_THREADS / 2);

    private final SlowClients slowClients = new SlowClients();
    private final FileDescriptors descriptors = FileDescriptors.ofProcess();
    private volatile @Nullable ConnectionBound connections;

    JettySetup(HttpAddress address) {
        this(address, MAX_CONNECTIONS);
    }

    /** @param mostConnections at a time, where memory and descriptors allow them */
    JettySetup(HttpAddress address, int mostConnections) {
        this(address, mostConnections, LONGEST_HEADERS);
    }

    /** @param longestHeaders time from one request of a connection to the next */
    JettySetup(HttpAddress address, int mostConnections, Duration longestHeaders) {
        this(
                address,
                mostConnections,
                longestHeaders,
                new ClientAddress(remote -> address.proxies().stream().anyMatch(network -> network.contains(remote))));
    }

    private JettySetup(HttpAddress address, int mostConnections, Duration longestHeaders, ClientAddress clients) {
        this.longestHeaders = longestHeaders;
        this.clients = clients;
        this.address = address;
        this.mostConnections = mostConnections;
        threads.setName("http");
    }

    QueuedThreadPool threads() {
        return threads;
    }

    SlowClients slowClients() {
        return slowClients;
    }

    /** Requests that have come and have not ended. */
    long underWay() {
        return underWay.getCurrentRequestCount();
    }

    void applyTo(JavalinConfig config, Refusals refusals) {
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(server -> addHandlers(server, refusals));
        config.jetty.modifyServletContextHandler(context -> {
            context.setErrorHandler(new JettyProblems());
            context.getServletHandler().setDecodeAmbiguousURIs(true);
        });
        config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(ADDRESSES));
        config.jetty.addConnector(this::connector);
    }

    private void addHandlers(Server server, Refusals refusals) {
        server.setStopTimeout(STOP_MILLIS);
        server.setErrorHandler(new JettyProblems());
        server.insertHandler(new PlainRequests());
        server.insertHandler(new FairTurns(TURNS));
        server.insertHandler(new UnreadAnswers(slowClients, clients, new FairShare(this::mostWaiting)));
        server.insertHandler(new BrowserRules(address, refusals));
        server.insertHandler(new WholeBodies(slowClients));
        server.insertHandler(new LargeBodies());
        server.insertHandler(underWay);
    }

    private Connector connector(Server server, HttpConfiguration http) {
        http.setUseInputDirectByteBuffers(false);
        ConnectionFactory[] factories = connectionFactories(http);
        ServerConnector connector = new ServerConnector(server, null, null, new RequestBuffers(), 1, 1, factories) {
            @Override
            protected SocketChannelEndPoint newEndPoint(
                    SocketChannel channel, ManagedSelector selector, SelectionKey key) {
                PlainConnection connection = new PlainConnection(channel, selector, key, getScheduler(), getExecutor());
                connection.setIdleTimeout(getIdleTimeout());
                return connection;
            }
        };
        ConnectionBound bound = new ConnectionBound(this::mostConnections, () -> connections(connector), clients);
        connector.addBean(bound);
        connector.addBean(new SlowHeaders(connector::getScheduler, () -> connections(connector), longestHeaders));
        this.connections = bound;
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setAcceptQueueSize(MAX_UNACCEPTED);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setShutdownIdleTimeout(STOPPING_IDLE_MILLIS);
        return connector;
    }

    private ConnectionFactory[] connectionFactories(HttpConfiguration http) {
        ServerCertificate certificate = address.certificate();
        return certificate == null
                ? new ConnectionFactory[] {new BarePercents(http)}
                : new TlsSetup(certificate).connectionFactories(http).toArray(ConnectionFactory[]::new);
    }

    /** A quarter of the connections is for those who renew, release and look. */
    private int mostWaiting() {
        ConnectionBound open = connections;
        return (int) (open == null ? mostConnections : mostConnections(open.count()) * 3L / 4);
    }

    /** A quarter of the connections too: they are not closed to make room for others. */
    int mostSessions() {
        ConnectionBound open = connections;
        return Math.min(Sessions.MOST, mostConnections(open == null ? 0 : open.count()) / 4);
    }

    private int mostConnections(int open) {
        long ofHeap = Runtime.getRuntime().maxMemory() / HEAP_SHARE / BYTES_OF_CONNECTION;
        return (int) Math.min(Math.min(mostConnections, ofHeap), descriptors.mostConnections(open));
    }

    private static Stream<WatchedConnection> connections(ServerConnector connector) {
        return connector.getConnectedEndPoints().stream()
                .filter(WatchedConnection.class::isInstance)
                .map(WatchedConnection.class::cast);
    }
}
