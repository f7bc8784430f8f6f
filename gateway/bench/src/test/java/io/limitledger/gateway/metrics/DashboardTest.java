package io.limitledger.gateway.metrics;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.limitledger.gateway.bench.BenchServer;
import io.limitledger.gateway.process.ProgressPrinter;
import io.limitledger.gateway.process.Shutdown;
import io.limitledger.topics.LedgerTopics;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What dashboard, alerts and pages name is there. A metric under another name would be a panel that stays empty. */
@Tag("broker")
class DashboardTest {
    private static final Path COMPOSE = Path.of("..", "..", "compose");
    private static final Path DASHBOARD = COMPOSE.resolve("grafana/dashboards/limit-ledger.json");
    private static final Path ALERTS = COMPOSE.resolve("prometheus/rules.yml");

    /** Every name of ours, and of what we watch, begins like this; no label does. */
    private static final Pattern METRIC = Pattern.compile("\\b(?:limits|kafka|jvm|process)_\\w+");

    private static final List<Path> PAGES = Stream.of(
                    "README.md",
                    "ARCHITECTURE.md",
                    "CONTRIBUTING.md",
                    "ledger/README.md",
                    "ledger/PRODUCERS.md",
                    "gateway/README.md",
                    "compose/README.md")
            .map(page -> Path.of("..", "..", page))
            .toList();

    /** Only where a gateway serves TLS. */
    private static final String OF_TLS = "limits_tls_";

    /** An audit is a process of its own, and leaves its metrics in a file. */
    private static final String OF_AUDITS = "limits_audit_";

    private static final Pattern OURS = Pattern.compile("\\blimits_\\w+");
    private static final Pattern SAMPLE = Pattern.compile("^\\w+", Pattern.MULTILINE);

    private final Shutdown running = new Shutdown();
    private final HttpClient http = HttpClient.newHttpClient();
    private URI url;

    private void start() throws Exception {
        ProgressPrinter untold = new ProgressPrinter(new PrintStream(OutputStream.nullOutputStream()));
        url = BenchServer.start(running, LedgerTopics.DEFAULTS, untold).http();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void asksForWhatThereIs() throws Exception {
        // given
        start();
        Set<String> wanted = new TreeSet<>(metricsOf(DASHBOARD));
        wanted.addAll(metricsOf(ALERTS));
        for (Path page : PAGES) {
            wanted.addAll(names(OURS, Files.readString(page)));
        }
        doEverythingOnce();

        // when
        Set<String> there = names(SAMPLE, send("GET", "/metrics", "").body());

        // then
        assertThat(wanted).hasSizeGreaterThan(20);
        assertThat(wanted)
                .filteredOn(not(there::contains))
                .filteredOn(name -> !name.startsWith(OF_AUDITS) && !name.startsWith(OF_TLS))
                .isEmpty();
    }

    @Test
    void asksInEachExpressionForSomethingThatIsMeasured() throws Exception {
        // when
        Set<String> expressions = expressionsOf(DASHBOARD);
        expressions.addAll(expressionsOf(ALERTS));

        // then
        assertThat(expressions)
                .allSatisfy(
                        expression -> assertThat(METRIC.matcher(expression).find() || expression.contains("up{job="))
                                .isTrue());
    }

    /** Some meters are made when they are first needed. */
    private void doEverythingOnce() throws Exception {
        send("PUT", "/v1/limits/database", "{\"limit\": 1}");
        send("PUT", "/v1/limits/daily", "{\"quotas\": [{\"slots\": 9, \"per\": \"day\"}], \"perKey\": {\"limit\": 1}}");
        assertThat(send("PUT", "/v1/limits/daily/keys/alice", "{\"limit\": 2}").statusCode())
                .isEqualTo(200);
        JsonNode held = json(send("POST", "/v1/limits/database/leases", "{}"));
        assertThat(send("POST", "/v1/limits/database/leases", "{}").statusCode())
                .isEqualTo(429);
        CompletableFuture<HttpResponse<String>> waiter = http.sendAsync(
                request("POST", "/v1/limits/database/leases", "{\"waitSeconds\": 30}"), BodyHandlers.ofString());
        await().until(() ->
                json(send("GET", "/v1/limits/database", "")).path("waiting").asInt() == 1);
        send("DELETE", "/v1/leases/" + held.path("leaseId").asText(), "");
        assertThat(waiter.get().statusCode()).isEqualTo(201);
        HttpRequest foreign = HttpRequest.newBuilder(url.resolve("/v1/limits"))
                .header("Sec-Fetch-Site", "cross-site")
                .build();
        assertThat(http.send(foreign, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
        System.gc();
        await().until(() -> send("GET", "/metrics", "").body().contains("jvm_gc_pause_seconds_sum"));
    }

    private static Set<String> metricsOf(Path file) throws Exception {
        return names(METRIC, String.join("\n", expressionsOf(file)));
    }

    /** JSON is YAML too. */
    private static Set<String> expressionsOf(Path file) throws Exception {
        return new YAMLMapper()
                .readTree(file.toFile()).findValuesAsText("expr").stream()
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(request(method, path, body), BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(url.resolve(path))
                .method(method, BodyPublishers.ofString(body))
                .build();
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new YAMLMapper().readTree(response.body());
    }
}
