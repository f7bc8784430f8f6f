package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.core.state.Waiter;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that stops while requests wait. */
class StoppingTest {
    private static final UUID CHOSEN = UUID.fromString("1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01");
    private static final String WAITS = "{\"waitSeconds\": 60}";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private CompletableFuture<Reply> one;
    private CompletableFuture<Reply> chosen;
    private CompletableFuture<Reply> several;
    private CompletableFuture<Reply> prefects;
    private SessionClient session;

    @BeforeEach
    void letThemWait() {
        gateway.put("/v1/limits/database", "{\"limit\": 1}");
        gateway.put("/v1/limits/a", "{\"limit\": 1}");
        gateway.post("/v1/limits/database/leases", "{}");
        one = gateway.sendAsync("POST", "/v1/limits/database/leases", WAITS);
        chosen = gateway.sendAsync(
                "POST", "/v1/limits/database/leases", "{\"waitSeconds\": 60, \"leaseId\": \"" + CHOSEN + "\"}");
        several = gateway.sendAsync("POST", "/v1/leases", "{\"limits\": [\"a\", \"database\"], \"waitSeconds\": 60}");
        prefects = gateway.send(gateway.request("/api/v2/concurrency_limits/increment-with-lease")
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=60")
                .POST(BodyPublishers.ofString("{\"names\": [\"database\"], \"slots\": 1}"))
                .build());
        session = SessionClient.connect(gateway.server().port());
        session.send("{\"id\": 1, \"acquire\": {\"limit\": \"database\", \"waitSeconds\": 60}}");
        await().until(() ->
                gateway.get("/v1/limits/database").json().path("waiting").asInt() == 5);
    }

    @Test
    void answersThemInTheFormOfTheirInterface() {
        // when
        gateway.server().close();

        // then
        for (CompletableFuture<Reply> waiting : java.util.List.of(one, chosen, several, prefects)) {
            assertThat(waiting.join().status()).isEqualTo(503);
            assertThat(waiting.join().header("Retry-After")).isEqualTo("3");
        }
        assertThat(one.join().problem()).isEqualTo("stopping");
        JsonNode answer = session.next();
        assertThat(answer.path("status").asInt()).isEqualTo(503);
        assertThat(answer.path("retryAfterSeconds").asInt()).isEqualTo(3);
        assertThat(session.line()).startsWith("closed 1001 The gateway is stopping");
        assertThat(several.join().problem()).isEqualTo("stopping");
        assertThat(prefects.join().text()).isEqualTo("{\"exception_message\":\"Service Unavailable\"}");
        assertThat(gateway.ledger().waiters("database", -1, 10))
                .extracting(Waiter::leaseId)
                .containsExactly(CHOSEN);
        assertThat(gateway.ledger().limit("a").leases()).isZero();
        assertThat(gateway.observed()).noneMatch(answered -> answered.endsWith(" 500"));
    }
}
