package io.limitledger.gateway.prefect;

import static io.limitledger.gateway.prefect.PrefectServer.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.limitledger.gateway.http.server.HttpAddress;
import io.limitledger.gateway.metrics.Meters;
import io.limitledger.gateway.process.GatewayRole;
import io.limitledger.gateway.process.GatewaySettings;
import io.limitledger.gateway.stack.EmbeddedStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Prefect API on a real broker, with two gateways side by side: what one has granted the other one ends. */
@Tag("broker")
class PrefectStackTest {
    private static final String BOTH = "{\"slots\": 2, \"names\": [\"database\", \"files\"]}";
    private static final int RENAMES = 10;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void aLeaseOfOneGatewayIsRenewedAndReleasedByAnother() throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.start(directory);
                Meters meters = new Meters();
                GatewayRole one = gateway(stack, meters);
                GatewayRole two = gateway(stack, meters)) {
            // given
            stack.startLedger("ledger");
            await().atMost(Duration.ofSeconds(60)).until(() -> one.isReady() && two.isReady());
            String id = create(one, "database");
            create(one, "files");

            // when
            String lease = JSON.readTree(send(one, "POST", LIMITS + "/increment-with-lease", BOTH)
                            .body())
                    .path("lease_id")
                    .asText();
            HttpResponse<String> locked = send(two, "POST", LIMITS + "/increment-with-lease", BOTH);
            HttpResponse<String> renewed = send(two, "POST", LIMITS + "/leases/" + lease + "/renew", "{}");
            HttpResponse<String> renamed = send(one, "PATCH", LIMITS + "/" + id, "{\"name\": \"tables\"}");
            JsonNode held = limit(one, id);
            // What was done elsewhere is seen milliseconds later.
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> limit(two, "tables").has("id"));
            HttpResponse<String> released =
                    send(two, "POST", LIMITS + "/decrement-with-lease", "{\"lease_id\": \"" + lease + "\"}");

            // then
            assertThat(locked.statusCode()).isEqualTo(423);
            assertThat(Double.parseDouble(
                            locked.headers().firstValue("Retry-After").orElseThrow()))
                    .isPositive();
            assertThat(renewed.statusCode()).isEqualTo(204);
            assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(204);
            assertThat(held.path("name").asText()).isEqualTo("tables");
            assertThat(held.path("active_slots").asLong()).isEqualTo(2);
            assertThat(released.statusCode()).isEqualTo(204);
            assertThat(limit(two, "tables").path("active_slots").asLong())
                    .as("active slots")
                    .isZero();
            assertThat(limit(two, "files").path("active_slots").asLong())
                    .as("active slots")
                    .isZero();
        }
    }

    @Test
    void aLeaseOutlivesRenamesThatTheGatewayHasNotSeen() throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.start(directory);
                Meters meters = new Meters();
                GatewayRole one = gateway(stack, meters);
                GatewayRole two = gateway(stack, meters)) {
            // given
            stack.startLedger("ledger");
            await().atMost(Duration.ofSeconds(60)).until(() -> one.isReady() && two.isReady());
            String id = create(one, "database");
            create(one, "files");
            String lease = JSON.readTree(send(one, "POST", LIMITS + "/increment-with-lease", BOTH)
                            .body())
                    .path("lease_id")
                    .asText();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> limit(two, "files").path("active_slots").asLong() == 2);

            // when
            List<Integer> renewed = new ArrayList<>();
            for (int number = 0; number < RENAMES; number++) {
                String name = "{\"name\": \"database" + number + "\"}";
                CompletableFuture<HttpResponse<String>> renaming = sendAsync(one, "PATCH", LIMITS + "/" + id, name);
                renewed.add(send(two, "POST", LIMITS + "/leases/" + lease + "/renew", "{}")
                        .statusCode());
                assertThat(renaming.get().statusCode()).isEqualTo(204);
                renewed.add(send(two, "POST", LIMITS + "/leases/" + lease + "/renew", "{}")
                        .statusCode());
            }
            CompletableFuture<HttpResponse<String>> renaming =
                    sendAsync(one, "PATCH", LIMITS + "/" + id, "{\"name\": \"tables\"}");
            send(two, "POST", LIMITS + "/decrement-with-lease", "{\"lease_id\": \"" + lease + "\"}");
            renaming.get();

            // then
            assertThat(renewed).hasSize(2 * RENAMES).containsOnly(204);
            // What the other gateway has answered is seen here a few milliseconds later.
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> limit(one, id).path("active_slots").asLong() == 0
                            && limit(one, "files").path("active_slots").asLong() == 0);
        }
    }

    private static GatewayRole gateway(EmbeddedStack stack, Meters meters) {
        HttpAddress anyPort = new HttpAddress(HttpAddress.DEFAULT_HOST, 0);
        return GatewayRole.start(
                GatewaySettings.at(anyPort), stack.clientProperties(), stack.partitions(), stack.local(), meters);
    }

    private static String create(GatewayRole gateway, String name) throws Exception {
        String body = "{\"name\": \"" + name + "\", \"limit\": 2}";
        return JSON.readTree(send(gateway, "POST", LIMITS + "/", body).body())
                .path("id")
                .asText();
    }

    private static JsonNode limit(GatewayRole gateway, String idOrName) throws Exception {
        return JSON.readTree(send(gateway, "GET", LIMITS + "/" + idOrName, "").body());
    }

    private static HttpResponse<String> send(GatewayRole gateway, String method, String path, String body)
            throws Exception {
        return sendAsync(gateway, method, path, body).get();
    }

    private static CompletableFuture<HttpResponse<String>> sendAsync(
            GatewayRole gateway, String method, String path, String body) {
        URI address = URI.create("http://127.0.0.1:" + gateway.port() + path);
        return CLIENT.sendAsync(
                HttpRequest.newBuilder(address)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
