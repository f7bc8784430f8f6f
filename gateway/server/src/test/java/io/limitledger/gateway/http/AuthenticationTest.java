package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.http.service.Readiness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway that must know who asks. */
class AuthenticationTest {
    private static final KnownTokens TOKENS = new KnownTokens();

    @RegisterExtension
    static final GatewayExtension GATEWAY = new GatewayExtension(TOKENS.gatekeeper());

    private static final String LIMIT = "{\"limit\": 1}";

    @Test
    void asksForATokenWhereNoneIsSent() {
        // when
        GatewayExtension.Reply reply = GATEWAY.get("/v1/limits");

        // then
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.problem()).isEqualTo("unauthenticated");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(reply.text()).contains("Authorization: Bearer");
    }

    @Test
    void saysWhatIsWrongWithATokenAndNeverRepeatsIt() {
        // when
        GatewayExtension.Reply reply = GATEWAY.sendAs("no-such-token", "GET", "/v1/limits", null);

        // then
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.text()).contains("not valid").doesNotContain("no-such-token");
    }

    @Test
    void letsInWhoHasTheRight() {
        // given
        String token = TOKENS.allow("operator", "define:team-*");

        // when
        GatewayExtension.Reply reply = GATEWAY.sendAs(token, "PUT", "/v1/limits/team-a", LIMIT);

        // then
        assertThat(reply.status()).isEqualTo(201);
    }

    @Test
    void namesTheRightThatIsMissingWhereTheLimitMayBeRead() {
        // given
        String token = TOKENS.allow("reader", "read:team-*");

        // when
        GatewayExtension.Reply reply = GATEWAY.sendAs(token, "PUT", "/v1/limits/team-a", LIMIT);

        // then
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.problem()).isEqualTo("forbidden");
        assertThat(reply.text()).contains("token:reader", "define:team-a");
    }

    @Test
    void answersForAHiddenLimitAsForAMissingOne() {
        // given
        String token = TOKENS.allow("reader", "read:team-*");
        GATEWAY.sendAs(TOKENS.allow("admin", "admin:*"), "PUT", "/v1/limits/hidden", LIMIT);

        // when
        GatewayExtension.Reply hidden = GATEWAY.sendAs(token, "GET", "/v1/limits/hidden", null);

        // then
        GatewayExtension.Reply missing = GATEWAY.sendAs(token, "GET", "/v1/limits/team-missing", null);
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.text()).isEqualTo(missing.text().replace("team-missing", "hidden"));
    }

    @Test
    void saysThatItIsUpWithoutAToken() {
        // given
        GATEWAY.parts().add(new Readiness.Part("view", true, "as it should be"));

        // when
        GatewayExtension.Reply reply = GATEWAY.get("/readyz");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).contains("ready").doesNotContain("view");
    }

    @Test
    void answersClientsOfPrefectInTheirForm() {
        // when
        GatewayExtension.Reply reply = GATEWAY.post("/api/v2/concurrency_limits/filter", "{}");

        // then
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().path("exception_message").asText()).contains("token");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
    }
}
