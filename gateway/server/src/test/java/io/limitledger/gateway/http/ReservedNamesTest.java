package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Limits that the gateway creates for itself: clients of the native API cannot change them or take their slots. */
class ReservedNamesTest {
    private static final String RESERVED = "/v1/limits/limit-ledger:none";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @Test
    void canOnlyBeRead() {
        // given
        gateway.put("/v1/limits/usual", "{\"limit\": 1}");

        // when
        List<Reply> changes = List.of(
                gateway.put(RESERVED, "{\"limit\": 1}"),
                gateway.put("/v1/limits/limit-ledger:anything", "{\"limit\": 1}"),
                gateway.patch(RESERVED, "{\"limit\": 1}"),
                gateway.patch(RESERVED, "{\"name\": \"usual-2\"}"),
                gateway.patch("/v1/limits/usual", "{\"name\": \"limit-ledger:none\"}"),
                gateway.delete(RESERVED),
                gateway.post(RESERVED + "/leases", null),
                gateway.post("/v1/leases", "{\"limits\": [\"usual\", \"limit-ledger:none\"]}"));

        // then
        assertThat(changes).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.json().path("errors").toString()).contains("is reserved");
        });
        assertThat(gateway.get(RESERVED).status()).isEqualTo(404);
        assertThat(gateway.get("/v1/limits/usual").status()).isEqualTo(200);
    }
}
