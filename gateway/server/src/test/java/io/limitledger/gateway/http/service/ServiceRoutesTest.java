package io.limitledger.gateway.http.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServiceRoutesTest {
    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @Test
    void isHealthyWhenItIsUp() {
        // when
        Reply reply = gateway.get("/healthz");

        // then
        assertThat(reply.text()).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    void isReadyWhenAllPartsAre() {
        // given
        gateway.parts().add(new Readiness.Part("replies", true, "ready"));
        gateway.parts().add(new Readiness.Part("ledger", true, "ready"));

        // when
        Reply reply = gateway.get("/readyz");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("status").asText()).isEqualTo("ready");
    }

    @Test
    void reportsWhichPartIsNotReady() {
        // given
        gateway.parts().add(new Readiness.Part("replies", true, "ready"));
        gateway.parts().add(new Readiness.Part("ledger", false, "waiting for an answer"));

        // when
        Reply reply = gateway.get("/readyz");

        // then
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text()).contains("{\"name\":\"ledger\",\"ready\":false,\"detail\":\"waiting for an answer\"}");
    }

    @Test
    void servesMetrics() {
        // when
        Reply reply = gateway.get("/metrics");

        // then
        assertThat(reply.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(reply.text()).isEqualTo("up 1\n");
    }

    @Test
    void givesItsObserverTheRoutesAndNotTheNames() {
        // when
        gateway.get("/v1/limits/nothing");
        gateway.get("/nowhere");
        gateway.put("/v1/limits/a", "{\"limit\": 1}");

        // then
        await().untilAsserted(() -> assertThat(gateway.observed())
                .containsExactlyElementsOf(
                        List.of("GET /v1/limits/{name} 404", "unmatched 404", "PUT /v1/limits/{name} 201")));
    }
}
