package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a caller may not read does not exist for it, and what it does has its name on it. */
class VisibilityTest {
    private static final KnownTokens TOKENS = new KnownTokens();

    @RegisterExtension
    static final GatewayExtension GATEWAY = new GatewayExtension(TOKENS.gatekeeper());

    private static final String ADMIN = TOKENS.allow("admin", "admin:*");
    private static final String CI = TOKENS.allow("ci", "hold:team-*");
    private static final String OTHER = TOKENS.allow("other", "hold:team-*", "hold:secret-*");
    private static final String LEAD = TOKENS.allow("lead", "admin:team-*");

    @BeforeEach
    void define() {
        for (String name : List.of("a-secret", "team-1", "team-2", "team-3", "z-secret")) {
            GATEWAY.sendAs(ADMIN, "PUT", "/v1/limits/" + name, "{\"limit\": 5}");
        }
    }

    @Test
    void fillsAPageWithWhatMayBeRead() {
        // given
        List<String> pages = new ArrayList<>();
        String next = "";

        // when
        while (next != null) {
            JsonNode page =
                    GATEWAY.sendAs(CI, "GET", "/v1/limits?size=2" + next, null).json();
            pages.add(page.path("limits").findValuesAsText("name").toString());
            next = page.has("next") ? "&after=" + page.path("next").asText() : null;
        }

        // then
        assertThat(pages).containsExactly("[team-1, team-2]", "[team-3]");
    }

    @Test
    void pagesLimitsOfPrefectAsIfOthersDidNotExist() {
        // when
        JsonNode page = GATEWAY.sendAs(CI, "POST", "/api/v2/concurrency_limits/filter", "{\"offset\": 1, \"limit\": 2}")
                .json();

        // then
        assertThat(page.findValuesAsText("name")).containsExactly("team-2", "team-3");
    }

    @Test
    void putsTheNameOfTheCallerOnWhatItDoes() {
        // when
        JsonNode lease = acquire(CI, "team-1");

        // then
        assertThat(lease.path("owner").asText()).isEqualTo("token:ci");
        assertThat(GATEWAY.ledger().sent()).last().extracting("by").isEqualTo("token:ci");
    }

    @Test
    void letsTheOwnerKeepItsLeaseAndNoOther() {
        // given
        String leaseId = acquire(CI, "team-1").path("leaseId").asText();

        // when
        GatewayExtension.Reply ofOther = GATEWAY.sendAs(OTHER, "POST", "/v1/leases/" + leaseId + "/renew", "{}");
        GatewayExtension.Reply ofOwner = GATEWAY.sendAs(CI, "POST", "/v1/leases/" + leaseId + "/renew", "{}");

        // then
        assertThat(ofOther.status()).isEqualTo(403);
        assertThat(ofOther.text()).doesNotContain("token:ci");
        assertThat(ofOwner.status()).isEqualTo(200);
    }

    @Test
    void letsWhoAdministersALimitEndTheLeasesOfOthersThere() {
        // given
        String leaseId = acquire(CI, "team-1").path("leaseId").asText();

        // when
        GatewayExtension.Reply reply = GATEWAY.sendAs(LEAD, "DELETE", "/v1/leases/" + leaseId, null);

        // then
        assertThat(reply.status()).isEqualTo(204);
        assertThat(GATEWAY.sendAs(CI, "GET", "/v1/leases/" + leaseId, null).status())
                .isEqualTo(404);
    }

    @Test
    void letsNoOneRenewWhatItMayNoLongerHold() {
        // given
        String leaseId = acquire(TOKENS.allow("leaver", "hold:team-*"), "team-1")
                .path("leaseId")
                .asText();
        String token = TOKENS.allow("leaver", "read:team-*");

        // when
        GatewayExtension.Reply renewed = GATEWAY.sendAs(token, "POST", "/v1/leases/" + leaseId + "/renew", "{}");
        GatewayExtension.Reply released = GATEWAY.sendAs(token, "DELETE", "/v1/leases/" + leaseId, null);

        // then
        assertThat(renewed.status()).isEqualTo(403);
        assertThat(renewed.text()).contains("hold:team-1");
        assertThat(released.status()).isEqualTo(204);
    }

    @Test
    void namesNoLimitBesideOneThatMayBeRead() {
        // given
        GATEWAY.sendAs(ADMIN, "PUT", "/v1/limits/secret-x", "{\"limit\": 5}");
        GATEWAY.sendAs(OTHER, "POST", "/v1/leases", "{\"limits\": [\"team-1\", \"secret-x\"]}");

        // when
        GatewayExtension.Reply leases = GATEWAY.sendAs(CI, "GET", "/v1/limits/team-1/leases", null);

        // then
        assertThat(leases.text()).contains("team-1").doesNotContain("secret");
        assertThat(GATEWAY.sendAs(OTHER, "GET", "/v1/limits/team-1/leases", null)
                        .text())
                .contains("secret-x");
    }

    @Test
    void answersForHiddenLimitsInARequestForSeveralAsForMissingOnes() {
        // given
        String hidden = "{\"limits\": [\"team-1\", \"a-secret\"]}";

        // when
        GatewayExtension.Reply reply = GATEWAY.sendAs(CI, "POST", "/v1/leases", hidden);

        // then
        GatewayExtension.Reply missing = GATEWAY.sendAs(CI, "POST", "/v1/leases", hidden.replace("a-secret", "team-0"));
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).isEqualTo(missing.text().replace("team-0", "a-secret"));
    }

    @Test
    void renamesOnlyToANameThatTheCallerMayDefine() {
        // given
        String token = TOKENS.allow("definer", "define:team-*");

        // when
        GatewayExtension.Reply native1 =
                GATEWAY.sendAs(token, "PATCH", "/v1/limits/team-1", "{\"name\": \"b-secret\"}");
        GatewayExtension.Reply prefect =
                GATEWAY.sendAs(token, "PATCH", "/api/v2/concurrency_limits/team-1", "{\"name\": \"b-secret\"}");

        // then
        assertThat(native1.status()).isEqualTo(403);
        assertThat(prefect.status()).isEqualTo(403);
        assertThat(GATEWAY.sendAs(ADMIN, "GET", "/v1/limits/team-1", null).status())
                .isEqualTo(200);
    }

    private static JsonNode acquire(String token, String limit) {
        return GATEWAY.sendAs(token, "POST", "/v1/limits/" + limit + "/leases", "{}")
                .json();
    }
}
