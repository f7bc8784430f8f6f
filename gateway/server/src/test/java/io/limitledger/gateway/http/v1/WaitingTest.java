package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WaitingTest {
    private static final String HELD = "1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01";
    private static final String WAITS = "2f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a02";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private CompletableFuture<Reply> waiting;

    @BeforeEach
    void letOneWait() {
        gateway.put("/v1/limits/printer", "{\"limit\": 1}");
        gateway.post("/v1/limits/printer/leases", "{\"leaseId\": \"" + HELD + "\"}");
        waiting = gateway.sendAsync(
                "POST",
                "/v1/limits/printer/leases",
                "{\"waitSeconds\": 20, \"leaseId\": \"" + WAITS + "\", \"holder\": \"next\"}");
        await().until(() ->
                gateway.get("/v1/limits/printer").json().path("waiting").asInt() == 1);
    }

    @Test
    void isShownWithItsPlace() {
        // when
        Reply reply = gateway.get("/v1/limits/printer/waiters");

        // then
        assertThat(reply.text())
                .isEqualTo("{\"waiters\":[{\"place\":1,\"leaseId\":\"" + WAITS + "\",\"slots\":1,"
                        + "\"since\":\"2026-11-20T10:00:00Z\",\"until\":\"2026-11-20T10:00:20Z\","
                        + "\"holder\":\"next\"}]}");
        assertThat(waiting).isNotDone();
    }

    @Test
    void isSeenInTheLimit() {
        assertThat(gateway.get("/v1/limits/printer").text())
                .contains("\"waiting\":1,\"waitingSince\":\"2026-11-20T10:00:00Z\"");
    }

    @Test
    void leavesNothingForOthers() {
        // given
        gateway.patch("/v1/limits/printer", "{\"limit\": 1}");

        // when
        Reply reply = gateway.get("/v1/limits/printer");

        // then
        assertThat(reply.json().path("available").asInt()).isZero();
    }

    @Test
    void endsWithTheSlotsOfAnother() {
        // when
        gateway.delete("/v1/leases/" + HELD);

        // then
        assertThat(waiting.join().status()).isEqualTo(201);
        assertThat(waiting.join().json().path("leaseId").asText()).isEqualTo(WAITS);
    }

    @Test
    void endsWhenItsTimeIsOver() {
        // when
        gateway.ledger().advance(Duration.ofSeconds(20));

        // then
        assertThat(waiting.join().status()).isEqualTo(429);
        assertThat(waiting.join().problem()).isEqualTo("wait-timed-out");
        assertThat(waiting.join().header("Retry-After")).isEqualTo("30");
    }

    @Test
    void endsWhenItsIdIsReleased() {
        // when
        gateway.delete("/v1/leases/" + WAITS);

        // then
        assertThat(waiting.join().status()).isEqualTo(410);
        assertThat(waiting.join().problem()).isEqualTo("acquire-cancelled");
    }

    @Test
    void endsWithTheLimit() {
        // when
        gateway.delete("/v1/limits/printer");

        // then
        assertThat(waiting.join().status()).isEqualTo(410);
        assertThat(waiting.join().problem()).isEqualTo("limit-deleted");
    }
}
