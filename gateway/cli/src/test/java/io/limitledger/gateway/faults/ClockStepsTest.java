package io.limitledger.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.cli.Main;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A whole server on a machine whose clock steps back by an hour, and ahead again. */
@Tag("faults")
@EnabledIf("io.limitledger.gateway.faults.SteppingClock#isPossible")
class ClockStepsTest {
    private static final Duration BACK = Duration.ofHours(-1);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String HELD = "11111111-1111-4111-8111-111111111111";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private SteppingClock clock;
    private Node server;
    private String address;

    @BeforeEach
    void start() throws Exception {
        clock = SteppingClock.in(directory);
        int port;
        try (ServerSocket any = new ServerSocket(0)) {
            port = any.getLocalPort();
        }
        address = "http://127.0.0.1:" + port;
        server = new Node(
                "server",
                directory,
                "-Xmx512m",
                Main.class,
                List.of(
                        "serve",
                        "--port",
                        Integer.toString(port),
                        "--data-dir",
                        directory.resolve("data").toString()),
                clock.environment());
        server.start();
        await().atMost(TIMEOUT).ignoreExceptions().until(() -> get("/readyz").statusCode() == 200);
        put("one", "{\"limit\": 1}");
        put("other", "{\"limit\": 1}");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void leasesAndWaitsEndOnTimeAndRenewedLeasesAreKept() throws Exception {
        // given
        assertThat(acquire("one", "{\"leaseSeconds\": 5}").statusCode()).isEqualTo(201);
        assertThat(acquire("other", "{\"leaseSeconds\": 60, \"leaseId\": \"" + HELD + "\"}")
                        .statusCode())
                .isEqualTo(201);

        // when
        clock.set(BACK);
        CompletableFuture<HttpResponse<String>> waiter =
                CompletableFuture.supplyAsync(() -> acquire("other", "{\"waitSeconds\": 6}"));

        // then
        await().atMost(TIMEOUT).until(() -> get("/v1/limits/one/leases").body().contains("\"leases\":[]"));
        assertThat(waiter.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS).statusCode())
                .isEqualTo(429);
        assertThat(get("/readyz").body()).contains("the broker's clock stepped back by 3");
        for (int step = 0; step < 3; step++) {
            clock.set(Duration.ZERO);
            renews();
            clock.set(BACK);
            renews();
        }
    }

    /** Renews repeatedly for longer than a step takes to be noticed: each renewal is answered, and none is refused. */
    private void renews() {
        await().during(Duration.ofSeconds(3))
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    int status = post("/v1/leases/" + HELD + "/renew", "{\"leaseSeconds\": 60}")
                            .statusCode();
                    assertThat(status).isNotIn(404, 410);
                    return status == 200;
                });
    }

    private HttpResponse<String> acquire(String limit, String body) {
        return post("/v1/limits/" + limit + "/leases", body);
    }

    private void put(String limit, String body) {
        assertThat(send(request("/v1/limits/" + limit).PUT(BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(201);
    }

    private HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    private HttpResponse<String> post(String path, String body) {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }
}
