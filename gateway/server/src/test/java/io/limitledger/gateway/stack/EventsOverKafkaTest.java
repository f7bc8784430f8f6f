package io.limitledger.gateway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.http.server.HttpAddress;
import io.limitledger.gateway.metrics.Meters;
import io.limitledger.gateway.process.GatewayRole;
import io.limitledger.gateway.process.GatewaySettings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was decided, served over HTTP by gateways that come and go. */
@Timeout(120)
@Tag("broker")
class EventsOverKafkaTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void shouldSendEachEventOnceEvenAcrossGateways() throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.start(directory)) {
            stack.startLedger("one");
            String last;

            // given
            try (GatewayRole gateway = start(stack);
                    BufferedReader stream = open(gateway, "")) {
                send(gateway, "PUT", "/v1/limits/database", "{\"limit\": 1}");
                last = idBefore("\"type\":\"LimitCreated\"", stream);
                send(gateway, "PATCH", "/v1/limits/database", "{\"limit\": 2}");
            }

            // when
            try (GatewayRole another = start(stack)) {
                await().atMost(PATIENCE).until(() -> events(another).contains("\"LimitUpdated\""));
                try (BufferedReader stream = open(another, last)) {
                    send(another, "DELETE", "/v1/limits/database", "");

                    // then
                    assertThat(nextType(stream)).isEqualTo("LimitUpdated");
                    assertThat(nextType(stream)).isEqualTo("LimitDeleted");
                    assertThat(events(another))
                            .contains("\"number\":1", "\"number\":2", "\"number\":3")
                            .doesNotContain("next");
                }
            }
        }
    }

    @Test
    void shouldShowALimitAsItWasThen() throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.start(directory)) {
            stack.startLedger("one");
            try (GatewayRole gateway = start(stack)) {
                // given
                send(gateway, "PUT", "/v1/limits/database", "{\"limit\": 2}");
                send(gateway, "POST", "/v1/limits/database/leases", "{\"holder\": {\"host\": \"worker-7\"}}");
                String shown = send(gateway, "GET", "/v1/limits/database", "");
                Instant then = Instant.now();

                // when
                await().until(() -> Instant.now().isAfter(then.plusMillis(1)));
                send(gateway, "DELETE", "/v1/limits/database", "");
                await().atMost(PATIENCE).until(() -> events(gateway).contains("\"LimitDeleted\""));

                // then
                assertThat(send(gateway, "GET", "/v1/limits/database?at=" + then, ""))
                        .contains(shown.substring(1, shown.indexOf(",\"lastEvent\"")))
                        .contains("\"at\":\"" + then.truncatedTo(ChronoUnit.MILLIS) + "\"")
                        .contains("\"heldBy\":[{", "worker-7", "\"inLine\":[]");
            }
        }
    }

    private static GatewayRole start(EmbeddedStack stack) {
        GatewayRole gateway = GatewayRole.start(
                GatewaySettings.at(new HttpAddress(HttpAddress.DEFAULT_HOST, 0)),
                stack.clientProperties(),
                stack.partitions(),
                stack.local(),
                new Meters());
        await().atMost(PATIENCE).until(gateway::isReady);
        return gateway;
    }

    private static String events(GatewayRole gateway) throws Exception {
        return send(gateway, "GET", "/v1/limits/database/events", "");
    }

    private static String send(GatewayRole gateway, String method, String path, String body) throws Exception {
        HttpRequest request = request(gateway, path)
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build();
        return CLIENT.send(request, BodyHandlers.ofString()).body();
    }

    private static HttpRequest.Builder request(GatewayRole gateway, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .timeout(PATIENCE);
    }

    private static BufferedReader open(GatewayRole gateway, String lastEventId) throws Exception {
        HttpRequest request = request(gateway, "/v1/events")
                .header("Last-Event-ID", lastEventId)
                .build();
        HttpResponse<java.io.InputStream> response = CLIENT.send(request, BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The id of the event whose data contains this. */
    private static String idBefore(String expected, BufferedReader stream) throws Exception {
        String id = "";
        for (String line = stream.readLine(); line != null; line = stream.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.contains(expected)) {
                return id;
            }
        }
        throw new AssertionError("Expected " + expected + ", but the stream has ended");
    }

    private static String nextType(BufferedReader stream) throws Exception {
        for (String line = stream.readLine(); line != null; line = stream.readLine()) {
            if (line.startsWith("data: ")) {
                return line.replaceAll("data: \\{\"type\":\"(\\w+)\".*", "$1");
            }
        }
        throw new AssertionError("Expected another event, but the stream has ended");
    }
}
