package io.limitledger.gateway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.client.LedgerClient;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Terms;
import io.limitledger.gateway.http.HttpJson;
import io.limitledger.gateway.http.server.HttpAddress;
import io.limitledger.gateway.metrics.Meters;
import io.limitledger.gateway.process.GatewayRole;
import io.limitledger.gateway.process.GatewaySettings;
import io.limitledger.wire.LeaseIds;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys, quotas and positions in a queue, as gateways read them from the changelog of a real ledger. */
@Timeout(120)
@Tag("broker")
class KeysOverKafkaTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void shouldShowKeysWhereverTheyWereUsed() throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.start(directory)) {
            stack.startLedger("one");
            LedgerClient client = stack.startClient();
            try (GatewayRole gateway = start(stack)) {
                // given
                send(
                        gateway,
                        "PUT",
                        "/v1/limits/api",
                        "{\"limit\": 6, \"quotas\": [{\"slots\": 50, \"per\": \"month\", \"zone\": \"Europe/Berlin\"}],"
                                + " \"perKey\": {\"limit\": 2, \"quotas\": [{\"slots\": 9, \"perSeconds\": 3600}]}}");
                JsonNode overridden = send(gateway, "PUT", "/v1/limits/api/keys/bob%2Fjunior", "{\"limit\": 3}");
                acquire(client, "alice", 2, 0);
                acquire(client, "bob/junior", 3, 0);

                // when
                acquireLater(client, "alice", 1, 0);
                acquireLater(client, "carol", 2, 5);
                await().atMost(PATIENCE).until(() -> waiting(gateway) == 2);

                // then
                assertThat(overridden.path("available").asLong()).isEqualTo(3);
                shows(gateway);
            }
            // and then: another ledger, and a gateway that reads all from the beginning
            stack.stopLedger("one");
            stack.startLedger("two");
            try (GatewayRole another = start(stack)) {
                shows(another);
            }
        }
    }

    private static void shows(GatewayRole gateway) throws Exception {
        JsonNode limit = send(gateway, "GET", "/v1/limits/api", "");
        assertThat(limit.path("keys").asLong()).isEqualTo(3);
        assertThat(limit.path("available").asLong()).isZero();
        assertThat(limit.path("quotas").path(0).path("taken").asLong()).isEqualTo(5);
        JsonNode keys =
                send(gateway, "GET", "/v1/limits/api/keys?orderBy=use", "").path("keys");
        assertThat(keys.findValuesAsText("key")).containsExactly("bob/junior", "alice", "carol");
        assertThat(keys.findValuesAsText("occupied")).containsExactly("3", "2", "0");
        assertThat(keys.findValuesAsText("waiting")).containsExactly("0", "1", "1");
        assertThat(keys.path(1).path("quotas").path(0).path("taken").asLong()).isEqualTo(2);
        JsonNode waiters = send(gateway, "GET", "/v1/limits/api/waiters", "").path("waiters");
        assertThat(waiters.findValuesAsText("key")).containsExactlyInAnyOrder("alice", "carol");
        for (JsonNode waiter : waiters) {
            boolean isAlice = waiter.path("key").asText().equals("alice");
            assertThat(waiter.path("waitsFor").asText()).isEqualTo(isAlice ? "key" : "limit");
            assertThat(waiter.path("place").asLong()).isEqualTo(isAlice ? 2 : 1);
        }
    }

    private static long waiting(GatewayRole gateway) throws Exception {
        return send(gateway, "GET", "/v1/limits/api", "").path("waiting").asLong();
    }

    private static void acquire(LedgerClient client, String key, long slots, long priority) throws Exception {
        client.send(command(key, slots, priority, 0)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void acquireLater(LedgerClient client, String key, long slots, long priority) {
        var unused = client.send(command(key, slots, priority, 100_000));
    }

    private static AcquireLease command(String key, long slots, long priority, long waitMillis) {
        Claim claim = new Claim(LeaseIds.newFor("api"), "api", slots, 600_000, null, List.of());
        return new AcquireLease(
                claim.on(new Terms(key, priority, null, Terms.OnExpiry.CHARGE)), waitMillis, null, false);
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

    private static JsonNode send(GatewayRole gateway, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .timeout(PATIENCE)
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build();
        return HttpJson.read(CLIENT.send(request, BodyHandlers.ofByteArray()).body());
    }
}
