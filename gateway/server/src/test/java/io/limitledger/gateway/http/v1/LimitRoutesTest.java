package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LimitRoutesTest {
    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @Test
    void createsALimit() {
        // when
        Reply reply = gateway.put("/v1/limits/database", "{\"limit\": 10}");

        // then
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("Location")).isEqualTo("/v1/limits/database");
        assertThat(reply.text())
                .matches("\\{\"name\":\"database\",\"id\":\"[-0-9a-f]{36}\",\"limit\":10,\"slotDecayPerSecond\":0,"
                        + "\"active\":true,\"occupied\":0,\"available\":10,\"leases\":0,\"waiting\":0,"
                        + "\"createdAt\":\"2026-11-20T10:00:00Z\",\"updatedAt\":\"2026-11-20T10:00:00Z\"}");
    }

    @Test
    void replacesADefinition() {
        // given
        gateway.put("/v1/limits/database", "{\"limit\": 10, \"active\": false}");

        // when
        Reply reply = gateway.put("/v1/limits/database", "{\"limit\": 20, \"slotDecayPerSecond\": 0.5}");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("limit").asLong()).isEqualTo(20);
        assertThat(reply.json().path("slotDecayPerSecond").asDouble()).isEqualTo(0.5);
        assertThat(reply.json().path("active").asBoolean()).isTrue();
    }

    @Test
    void changesTheGivenFieldsOnly() {
        // given
        gateway.put("/v1/limits/database", "{\"limit\": 10, \"slotDecayPerSecond\": 2}");

        // when
        Reply reply = gateway.patch("/v1/limits/database", "{\"active\": false}");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("limit").asLong()).isEqualTo(10);
        assertThat(reply.json().path("slotDecayPerSecond").asDouble()).isEqualTo(2);
        assertThat(reply.json().path("active").asBoolean()).isFalse();
    }

    @Test
    void showsWhatIsOccupiedNow() {
        // given
        gateway.put("/v1/limits/calls", "{\"limit\": 10, \"slotDecayPerSecond\": 1}");
        gateway.post("/v1/limits/calls/leases", "{\"slots\": 4}");
        gateway.ledger().advance(Duration.ofMillis(1_500));

        // when
        Reply reply = gateway.get("/v1/limits/calls");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).contains("\"occupied\":2.5,\"available\":7,\"leases\":1,\"waiting\":0");
    }

    @Test
    void deletesALimit() {
        // given
        gateway.put("/v1/limits/database", "{\"limit\": 10}");

        // when
        Reply reply = gateway.delete("/v1/limits/database");

        // then
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("Content-Type")).isNull();
        assertThat(gateway.get("/v1/limits/database").status()).isEqualTo(404);
    }
}
