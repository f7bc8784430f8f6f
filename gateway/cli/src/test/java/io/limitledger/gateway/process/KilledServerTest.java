package io.limitledger.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.core.event.LeaseExpired;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the whole service while leases are held. Slow: it waits until a thousand leases of 30 s have ended. */
@Tag("broker")
@Tag("slow")
class KilledServerTest {
    private static final int LEASES = 1_000;
    /** As short as a busy machine allows: all are granted, and found again after the start, within it. */
    private static final int LEASE_SECONDS = 30;

    private static final Duration LATEST = Duration.ofSeconds(1);
    private static final Duration LONGEST_ABSENCE = Duration.ofMinutes(2);

    @TempDir
    private Path data;

    @Test
    void noLeaseIsLostBeforeItsTimeAndEachExpiresOnTime() throws Exception {
        // given
        Map<String, Instant> expiries;
        try (Server server = Server.start(data)) {
            server.send("PUT", "/v1/limits/database", "{\"limit\": 2000}");
            expiries = acquire(server);
            // when
            server.kill();
        }
        try (Server server = Server.start(data)) {
            // then
            assertThat(held(server))
                    .hasSameSizeAs(expiries)
                    .allSatisfy((id, until) ->
                            assertThat(until).isAfterOrEqualTo(Objects.requireNonNull(expiries.get(id))));
            awaitAllExpired(server);
            assertThat(expiryLags(server))
                    .hasSize(LEASES)
                    .allSatisfy(lag -> assertThat(lag).isBetween(Duration.ZERO, LATEST));
        }
    }

    private static Map<String, Instant> acquire(Server server) throws Exception {
        String body = "{\"leaseSeconds\": " + LEASE_SECONDS + "}";
        List<CompletableFuture<HttpResponse<String>>> asked = IntStream.range(0, LEASES)
                .mapToObj(i -> server.sendAsync("POST", "/v1/limits/database/leases", body))
                .toList();
        Map<String, Instant> expiries = new HashMap<>();
        for (CompletableFuture<HttpResponse<String>> answer : asked) {
            assertThat(answer.join().statusCode()).isEqualTo(201);
            addTo(expiries, Server.json(answer.join()));
        }
        return expiries;
    }

    private static Map<String, Instant> held(Server server) throws Exception {
        Map<String, Instant> expiries = new HashMap<>();
        server.get("/v1/limits/database/leases?size=1000").path("leases").forEach(lease -> addTo(expiries, lease));
        return expiries;
    }

    private static void addTo(Map<String, Instant> expiries, JsonNode lease) {
        expiries.put(
                lease.path("leaseId").asText(),
                Instant.parse(lease.path("expiresAt").asText()));
    }

    /** Later than was said by the time for which the server was away. */
    private static void awaitAllExpired(Server server) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(LEASE_SECONDS).plus(LONGEST_ABSENCE))
                .until(() -> server.get("/v1/limits/database").path("leases").asInt() == 0);
    }

    private static List<Duration> expiryLags(Server server) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> server.events().stream()
                                .filter(event -> event.fact() instanceof LeaseExpired)
                                .map(event -> Duration.ofMillis(event.at() - ((LeaseExpired) event.fact()).expiresAt()))
                                .toList(),
                        lags -> lags.size() >= LEASES);
    }
}
