package io.limitledger.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.limitledger.gateway.faults.proof.Moment;
import io.limitledger.gateway.faults.proof.Question;
import io.limitledger.wire.LeaseIds;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that cannot be repeated safely. Both ledgers are paused for {@code faults.pauseSeconds}, while clients
 * acquire that do not choose the ids of their leases, such as Prefect's. They learn that the outcome is unknown and ask
 * again, each time for another lease. When the ledgers resume, all of these leases are granted, and all but the last of
 * each client must be released.
 */
@Tag("faults")
class UnrepeatableRequestsTest {
    private static final int PAUSE_SECONDS = Integer.getInteger("faults.pauseSeconds", 50);
    private static final int CLIENTS = 8;
    private static final int LIMIT = 1_000;
    private static final int RETRY_MILLIS = 1_000;

    /** Far less than the five minutes of the leases. */
    private static final Duration RELEASED_WITHIN = Duration.ofSeconds(90);

    /** A gateway without a ledger answers after ten seconds. */
    private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger unknown = new AtomicInteger();

    @AfterEach
    void stopRenewing() {
        timer.shutdownNow();
    }

    /** An API by which slots are acquired and released without an id chosen by the client. */
    private enum Api {
        NATIVE("/v1/limits/native/leases", "{\"leaseSeconds\": 300}"),
        PREFECT_LEASE(
                "/api/v2/concurrency_limits/increment-with-lease",
                "{\"names\": [\"prefect_lease\"], \"slots\": 1, \"lease_duration\": 300}"),
        PREFECT_SLOTS(
                "/api/v2/concurrency_limits/increment",
                "{\"names\": [\"prefect_slots\"], \"slots\": 1, \"mode\": \"concurrency\"}");

        private final String path;
        private final String body;

        Api(String path, String body) {
            this.path = path;
            this.body = body;
        }

        String limit() {
            return name().toLowerCase(Locale.ROOT);
        }

        HttpRequest acquire(URI gateway) {
            return post(gateway, path, body);
        }

        HttpRequest release(URI gateway, JsonNode granted) {
            return switch (this) {
                case NATIVE ->
                    HttpRequest.newBuilder(gateway.resolve(
                                    "/v1/leases/" + granted.path("leaseId").asText()))
                            .DELETE()
                            .build();
                case PREFECT_LEASE ->
                    post(
                            gateway,
                            "/api/v2/concurrency_limits/decrement-with-lease",
                            "{\"lease_id\": \"" + granted.path("lease_id").asText() + "\"}");
                case PREFECT_SLOTS -> post(gateway, "/api/v2/concurrency_limits/decrement", body);
            };
        }

        private static HttpRequest post(URI gateway, String path, String body) {
            return HttpRequest.newBuilder(gateway.resolve(path))
                    .header("Content-Type", "application/json")
                    .timeout(ANSWERED_WITHIN)
                    .POST(BodyPublishers.ofString(body))
                    .build();
        }
    }

    @Test
    void releaseAllLeasesOfUnknownOutcome() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 1)) {
            // given
            URI gateway = cluster.gatewayAddresses().get(0);
            for (Api api : Api.values()) {
                Load.put(gateway, api.limit(), "{\"limit\": " + LIMIT + "}");
            }
            StubbornHolder holder = hold(gateway);
            pauseLedgers(cluster);
            List<CompletableFuture<HttpResponse<String>>> clients = IntStream.range(0, CLIENTS * Api.values().length)
                    .mapToObj(client -> acquireAndRelease(
                            Api.values()[client % Api.values().length],
                            cluster.gatewayAddresses().get(client % 2)))
                    .toList();
            var unused = new CountDownLatch(1).await(PAUSE_SECONDS, TimeUnit.SECONDS);

            // when
            for (Node ledger : cluster.ledgers()) {
                ledger.resume();
            }
            cluster.awaitHealthy();
            Moment returned = Moment.now();

            // then
            assertThat(clients)
                    .allSatisfy(
                            client -> assertThat(client.get(5, TimeUnit.MINUTES).statusCode())
                                    .isIn(200, 204));
            for (Api api : Api.values()) {
                await(api.limit() + " is free")
                        .atMost(RELEASED_WITHIN)
                        .until(() -> occupied(gateway, api.limit()) == (api == Api.NATIVE ? 1 : 0));
            }
            await().atMost(RELEASED_WITHIN).until(() -> holder.loss() != null || holder.hasRenewedSince(returned));
            System.out.printf(
                    "%d s without a ledger: %d requests of %d clients had an unknown outcome; all slots were released %.1f s"
                            + " after the return%n",
                    PAUSE_SECONDS, unknown.get(), clients.size(), Moment.now().secondsSince(returned));
            assertThat(unknown.get()).isPositive();
            assertThat(holder.loss()).isNull();
        }
    }

    private static void pauseLedgers(Cluster cluster) throws Exception {
        for (Node ledger : cluster.ledgers()) {
            ledger.pause();
        }
    }

    private StubbornHolder hold(URI gateway) {
        HttpWay way = HttpWay.to("holder", gateway);
        Question question = Question.acquire(Api.NATIVE.limit(), LeaseIds.newFor(Api.NATIVE.limit()), 1, 60_000, 0);
        way.ask(question).join();
        return new StubbornHolder(question, way, timer);
    }

    private CompletableFuture<HttpResponse<String>> acquireAndRelease(Api api, URI gateway) {
        return untilAnswered(api.acquire(gateway))
                .thenCompose(granted -> untilAnswered(api.release(gateway, json(granted.body()))));
    }

    private CompletableFuture<HttpResponse<String>> untilAnswered(HttpRequest request) {
        return http.sendAsync(request, BodyHandlers.ofString()).thenCompose(answer -> {
            if (answer.statusCode() < 500) {
                return CompletableFuture.completedFuture(answer);
            }
            unknown.incrementAndGet();
            return CompletableFuture.supplyAsync(
                            () -> request, CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS))
                    .thenCompose(this::untilAnswered);
        });
    }

    private double occupied(URI gateway, String limit) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.resolve("/v1/limits/" + limit)).build();
        return json(http.send(request, BodyHandlers.ofString()).body())
                .path("occupied")
                .asDouble(LIMIT);
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException(body, e);
        }
    }
}
