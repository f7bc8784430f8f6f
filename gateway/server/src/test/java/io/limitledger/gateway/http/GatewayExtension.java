package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.audit.AuditedLog;
import io.limitledger.client.Asking;
import io.limitledger.gateway.access.AccessAdmin;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.admission.Admission;
import io.limitledger.gateway.events.EventTail;
import io.limitledger.gateway.events.KeptEvent;
import io.limitledger.gateway.events.LimitHistory;
import io.limitledger.gateway.events.LimitTrends;
import io.limitledger.gateway.http.console.ConsoleMode;
import io.limitledger.gateway.http.console.ConsoleRoutes;
import io.limitledger.gateway.http.server.GatewayServer;
import io.limitledger.gateway.http.server.HttpAddress;
import io.limitledger.gateway.http.server.Site;
import io.limitledger.gateway.http.service.ContractRoutes;
import io.limitledger.gateway.http.service.ProblemPages;
import io.limitledger.gateway.http.service.Readiness;
import io.limitledger.gateway.http.service.ServiceRoutes;
import io.limitledger.gateway.http.v1.AccessApi;
import io.limitledger.gateway.http.v1.EventStreams;
import io.limitledger.gateway.http.v1.NativeApi;
import io.limitledger.gateway.prefect.PrefectApi;
import io.limitledger.gateway.tls.ServerCertificate;
import io.limitledger.lease.Leases;
import io.limitledger.timer.VirtualTimer;
import io.limitledger.wire.LeaseIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A gateway on a port of its own, real but for the ledger, which is empty again for each test; and a client for it. */
public final class GatewayExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    /** Beyond this number of undecided commands new work is turned away. */
    public static final int MOST_UNDECIDED = 20;

    private static final int PARTITIONS = 4;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final double NO_SPREAD = 0;
    private static final String METRICS = "up 1\n";

    private final @Nullable ServerCertificate certificate;
    private final HttpClient client;
    private final List<String> observed = new CopyOnWriteArrayList<>();
    private final List<Readiness.Part> parts = new CopyOnWriteArrayList<>();
    private final InMemoryLedger ledger = new InMemoryLedger(PARTITIONS);
    private final Asking admission = new Admission(ledger, ledger::undecidedWork, () -> false, MOST_UNDECIDED);
    private final VirtualTimer timer = new VirtualTimer();
    private final EventTail events = new EventTail(PARTITIONS);
    private final EventStreams streams = new EventStreams(events);
    private final LimitHistory history = new LimitHistory(this::pastEvents);
    private final LimitTrends trends = LimitTrends.following(events, ledger, ledger.clock());
    private volatile Supplier<AuditedLog> past = ledger::events;
    private volatile String metrics = METRICS;
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final Gatekeeper gatekeeper;
    private final AccessAdmin admin;
    private final Site site;
    private GatewayServer server;

    /** A gateway whose authentication is off. */
    public GatewayExtension() {
        this(Gatekeeper.OPEN);
    }

    /** A gateway that lets in those whom this one knows. */
    public GatewayExtension(Gatekeeper gatekeeper) {
        this(gatekeeper, Site.OWN_ADDRESSES);
    }

    /** The same over TLS, and a client that trusts it. */
    public GatewayExtension(Gatekeeper gatekeeper, @Nullable ServerCertificate certificate, HttpClient client) {
        this(gatekeeper, Site.OWN_ADDRESSES, null, certificate, client);
    }

    /** A gateway that lets in those whom this one knows, and through which tokens and rights are changed. */
    public GatewayExtension(Gatekeeper gatekeeper, AccessAdmin admin) {
        this(gatekeeper, Site.OWN_ADDRESSES, admin, null, HttpClient.newHttpClient());
    }

    /** A gateway that is reached by these names, and lets in those whom this one knows. */
    public GatewayExtension(Gatekeeper gatekeeper, Site site) {
        this(gatekeeper, site, null, null, HttpClient.newHttpClient());
    }

    private GatewayExtension(
            Gatekeeper gatekeeper,
            Site site,
            @Nullable AccessAdmin admin,
            @Nullable ServerCertificate certificate,
            HttpClient client) {
        this.gatekeeper = gatekeeper;
        this.site = site;
        this.admin = admin;
        this.certificate = certificate;
        this.client = client;
    }

    private final class Observed implements HttpObserver {
        @Override
        public void answered(String route, int status, Duration took) {
            observed.add(route + " " + status);
        }

        @Override
        public void refused(String reason) {
            refused.add(reason);
        }
    }

    /** What came back. */
    public record Reply(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String text() {
            return response.body();
        }

        public JsonNode json() {
            try {
                return HttpJson.read(response.body().getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(response.body(), e);
            }
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        /** The last part of the problem's type; null if it is no problem. */
        public String problem() {
            boolean isProblem = "application/problem+json".equals(header("Content-Type"));
            return isProblem ? json().path("type").asText().replace("/problems/", "") : null;
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        events.markCaughtUp();
        server = GatewayServer.start(
                new HttpAddress(HttpAddress.DEFAULT_HOST, 0, site, certificate, List.of()),
                new Observed(),
                gatekeeper,
                List.of(
                        new NativeApi(
                                admission,
                                ledger,
                                new Leases(admission, ledger, timer),
                                events,
                                streams,
                                history,
                                trends,
                                ledger.clock()),
                        new PrefectApi(
                                admission,
                                ledger,
                                new Leases(admission, ledger, timer),
                                () -> parts,
                                ledger.clock(),
                                () -> NO_SPREAD,
                                Duration.ZERO,
                                gatekeeper),
                        new AccessApi(gatekeeper.ways(), admin, ledger.clock()),
                        new ServiceRoutes(() -> parts, () -> metrics),
                        new ContractRoutes(),
                        new ConsoleRoutes(ConsoleMode.ON),
                        new ProblemPages()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ledger.clear();
        observed.clear();
        refused.clear();
        parts.clear();
        past = ledger::events;
        metrics = METRICS;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        streams.close();
        server.close();
        history.close();
        trends.close();
    }

    public InMemoryLedger ledger() {
        return ledger;
    }

    /** From now on the past is read from this; until the end of the test. */
    public void readPastFrom(Supplier<AuditedLog> past) {
        this.past = past;
    }

    /** From now on {@code /metrics} answers this; until the end of the test. */
    void showMetrics(String metrics) {
        this.metrics = metrics;
    }

    private AuditedLog pastEvents() {
        return past.get();
    }

    public EventTail events() {
        return events;
    }

    /** Looks at the ledger only when a test says so. */
    public LimitTrends trends() {
        return trends;
    }

    public EventStreams streams() {
        return streams;
    }

    public VirtualTimer timer() {
        return timer;
    }

    public GatewayServer server() {
        return server;
    }

    /** The reasons for which requests were refused because of who sent them. */
    public List<String> refused() {
        return refused;
    }

    /** An event of a limit is committed, and streams hear of it. */
    public void showEvent(String limit, long number) {
        int partition = LeaseIds.partition(limit, PARTITIONS);
        long offset = events.ends()[partition];
        String json = "{\"limit\":\"" + limit + "\",\"number\":" + number + ",\"fact\":{}}";
        events.add(new KeptEvent(partition, offset, limit, json.getBytes(StandardCharsets.UTF_8)));
        streams.wake();
    }

    public List<String> observed() {
        return observed;
    }

    public List<Readiness.Part> parts() {
        return parts;
    }

    public Reply get(String path) {
        return send("GET", path, null);
    }

    public Reply put(String path, String json) {
        return send("PUT", path, json);
    }

    public Reply patch(String path, String json) {
        return send("PATCH", path, json);
    }

    public Reply post(String path, String json) {
        return send("POST", path, json);
    }

    public Reply delete(String path) {
        return send("DELETE", path, null);
    }

    public Reply send(String method, String path, String json) {
        return sendAsync(method, path, json).join();
    }

    public CompletableFuture<Reply> sendAsync(String method, String path, String json) {
        return send(request(method, path, json).build()).thenApply(reply -> checked(method, path, reply));
    }

    /** With a token. */
    public Reply sendAs(String token, String method, String path, String json) {
        HttpRequest.Builder request = request(method, path, json).header("Authorization", "Bearer " + token);
        return checked(method, path, send(request.build()).join());
    }

    private HttpRequest.Builder request(String method, String path, String json) {
        HttpRequest.Builder request =
                request(path).method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        return json == null ? request : request.header("Content-Type", "application/json");
    }

    /** Each answer of each test is one that the contract allows. */
    private static Reply checked(String method, String path, Reply reply) {
        assertThat(Contract.contract().mistakes(method, path, reply))
                .describedAs("%s %s -> %s %s", method, path, reply.status(), reply.text())
                .isEmpty();
        return reply;
    }

    public CompletableFuture<Reply> send(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(Reply::new);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create((certificate == null ? "http" : "https") + "://127.0.0.1:" + server.port() + path))
                .timeout(TIMEOUT);
    }
}
