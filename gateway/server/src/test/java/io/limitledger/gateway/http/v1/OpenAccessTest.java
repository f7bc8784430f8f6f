package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may do what where authentication is off. */
class OpenAccessTest {
    @RegisterExtension
    static final GatewayExtension GATEWAY = new GatewayExtension();

    @Test
    void everyoneMayDoEverything() {
        // when
        JsonNode who = GATEWAY.get("/v1/whoami").json();

        // then
        assertThat(who.path("principal").isNull()).isTrue();
        assertThat(who.path("allow").path(0).asText()).isEqualTo("admin:*");
        assertThat(who.path("authentication")).isEmpty();
    }

    @Test
    void noTokensAndRightsAreKept() {
        // when
        Reply tokens = GATEWAY.get("/v1/tokens");
        Reply rights = GATEWAY.put("/v1/rights/anyone", "{\"allow\": []}");

        // then
        assertThat(tokens.status()).isEqualTo(409);
        assertThat(tokens.problem()).isEqualTo("authentication-off");
        assertThat(tokens.text()).contains("--auth token");
        assertThat(rights.problem()).isEqualTo("authentication-off");
    }
}
