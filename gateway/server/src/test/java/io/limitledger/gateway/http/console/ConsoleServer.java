package io.limitledger.gateway.http.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.state.Definition;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.events.EventTail;
import io.limitledger.gateway.events.LimitHistory;
import io.limitledger.gateway.events.LimitTrends;
import io.limitledger.gateway.http.HttpJson;
import io.limitledger.gateway.http.HttpObserver;
import io.limitledger.gateway.http.InMemoryLedger;
import io.limitledger.gateway.http.server.GatewayServer;
import io.limitledger.gateway.http.server.HttpAddress;
import io.limitledger.gateway.http.service.ContractRoutes;
import io.limitledger.gateway.http.service.Readiness;
import io.limitledger.gateway.http.service.ServiceRoutes;
import io.limitledger.gateway.http.v1.EventStreams;
import io.limitledger.gateway.http.v1.NativeApi;
import io.limitledger.lease.Leases;
import io.limitledger.timer.VirtualTimer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A gateway as it runs, with a ledger in memory whose time goes on by itself and whose events are streamed. It can be stopped and
 * started again on its port.
 */
final class ConsoleServer implements AutoCloseable {
    private static final int PARTITIONS = 4;
    private static final long STEP_MILLIS = 100;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String METRICS = """
            # TYPE limits_view_limits gauge
            limits_view_limits 3.0
            limits_http_requests_seconds_count{route="GET /v1/limits",status="200"} 12.0
            """;

    private final ConsoleMode mode;
    private final InMemoryLedger ledger = new InMemoryLedger(PARTITIONS);
    private final EventTail events = new EventTail(PARTITIONS);
    /** The ledger's own clock waits for the ledger, which waits for those that hear of its events. */
    private final Clock clock = Clock.systemUTC();

    private final LimitTrends trends = LimitTrends.start(events, ledger, clock);
    private final LimitHistory history = new LimitHistory(ledger::events);
    private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();
    private final Gatekeeper gatekeeper;
    private EventStreams streams;
    private GatewayServer server;
    private int port;

    private ConsoleServer(ConsoleMode mode, Gatekeeper gatekeeper) {
        this.mode = mode;
        this.gatekeeper = gatekeeper;
        // The browser goes by the machine's clock.
        ledger.advance(Duration.between(InMemoryLedger.START, Instant.now()));
        events.markCaughtUp();
        ledger.onEvents(event -> {
            events.add(event);
            streams.wake();
        });
        serve(0);
        var unused = time.scheduleWithFixedDelay(this::goOn, STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    static ConsoleServer start() {
        return start(ConsoleMode.ON);
    }

    static ConsoleServer start(ConsoleMode mode) {
        return new ConsoleServer(mode, Gatekeeper.OPEN);
    }

    /** One that wants to know who asks. */
    static ConsoleServer start(Gatekeeper gatekeeper) {
        return new ConsoleServer(ConsoleMode.ON, gatekeeper);
    }

    private void serve(int port) {
        streams = new EventStreams(events);
        Leases leases = new Leases(ledger, ledger, new VirtualTimer());
        server = GatewayServer.start(
                new HttpAddress(HttpAddress.DEFAULT_HOST, port),
                HttpObserver.NONE,
                gatekeeper,
                List.of(
                        new NativeApi(ledger, ledger, leases, events, streams, history, trends, clock),
                        new ServiceRoutes(() -> List.of(new Readiness.Part("replies", true, "ready")), () -> METRICS),
                        new ContractRoutes(),
                        new ConsoleRoutes(mode)));
        this.port = server.port();
    }

    private void goOn() {
        Duration passed = Duration.between(ledger.clock().instant(), Instant.now());
        if (!passed.isNegative()) {
            ledger.advance(passed);
        }
    }

    /** Time stands still from now on: with very many limits, it would take all of a processor to look at each of them. */
    void stopTime() {
        time.shutdownNow();
    }

    /** What happens from now on happens at a later time. */
    void passTime() {
        ledger.advance(Duration.ofMillis(STEP_MILLIS));
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    int port() {
        return port;
    }

    /** The server is gone; the ledger goes on. */
    void stop() {
        streams.close();
        server.close();
    }

    void startAgain() {
        serve(port);
    }

    /** A limit with this many slots, past HTTP: for very many of them. */
    void define(String limit, long slots) {
        var unused = ledger.send(new PutLimit(limit, new Definition(slots, 0, true), null, true));
    }

    JsonNode put(String limit, String json) {
        return send("PUT", "v1/limits/" + path(limit), json);
    }

    JsonNode patch(String limit, String json) {
        return send("PATCH", "v1/limits/" + path(limit), json);
    }

    JsonNode get(String limit) {
        return send("GET", "v1/limits/" + path(limit), "");
    }

    /** The answer; of one that waits, when it comes. */
    JsonNode acquire(String limit, String json) {
        return send("POST", "v1/limits/" + path(limit) + "/leases", json);
    }

    /** Acquires and does not look at the answer. */
    void wait(String limit, String json) {
        CompletableFuture<HttpResponse<String>> unused = CLIENT.sendAsync(
                request("POST", "v1/limits/" + path(limit) + "/leases", json), BodyHandlers.ofString());
    }

    void release(String leaseId) {
        send("DELETE", "v1/leases/" + leaseId, "");
    }

    JsonNode send(String method, String path, String json) {
        try {
            String body = CLIENT.send(request(method, path, json), BodyHandlers.ofString())
                    .body();
            return HttpJson.read(body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String method, String path, String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        return (json.isEmpty() ? request : request.header("Content-Type", "application/json")).build();
    }

    static String path(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        time.shutdownNow();
        stop();
        trends.close();
        history.close();
    }
}
