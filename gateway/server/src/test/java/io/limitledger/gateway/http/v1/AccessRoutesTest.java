package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.access.AccessAdmin;
import io.limitledger.gateway.access.AccessBook;
import io.limitledger.gateway.access.AccessInMemory;
import io.limitledger.gateway.access.Allowed;
import io.limitledger.gateway.access.FixedAccess;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.access.Grant;
import io.limitledger.gateway.access.TokenAuthenticator;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code /v1/tokens}, {@code /v1/rights} and {@code /v1/whoami}. */
class AccessRoutesTest {
    private static final AccessBook BOOK = new AccessBook();
    private static final Clock CLOCK = Clock.systemUTC();
    private static final AccessAdmin ADMIN = new AccessAdmin(BOOK, new AccessInMemory(BOOK), CLOCK);

    @RegisterExtension
    static final GatewayExtension GATEWAY = new GatewayExtension(
            new Gatekeeper(List.of(new TokenAuthenticator(BOOK, CLOCK, BOOK::used)), BOOK::rights), ADMIN);

    private String admin;

    @BeforeEach
    void beginAnew() {
        BOOK.fix(FixedAccess.NONE);
        List.copyOf(BOOK.tokens().keySet()).forEach(BOOK::removeToken);
        List.copyOf(BOOK.grants().keySet()).forEach(BOOK::removeGrant);
        admin = ADMIN.replaceAdmin().join().text().secret();
    }

    private Reply send(String method, String path, String json) {
        return GATEWAY.sendAs(admin, method, path, json);
    }

    private String create(String name, String allow) {
        Reply reply = send("POST", "/v1/tokens", "{\"name\": \"" + name + "\", \"allow\": [\"" + allow + "\"]}");
        assertThat(reply.status()).isEqualTo(201);
        return reply.json().path("token").asText();
    }

    @Test
    void aCreatedTokenMayDoWhatItAllows() {
        // given
        String token = create("ci", "define:team-*");

        // when
        Reply allowed = GATEWAY.sendAs(token, "PUT", "/v1/limits/team-a", "{\"limit\": 1}");
        Reply refused = GATEWAY.sendAs(token, "GET", "/v1/tokens", null);

        // then
        assertThat(allowed.status()).isEqualTo(201);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("admin:*");
    }

    @Test
    void theTextIsShownOnce() {
        // given
        String token = create("ci", "read:*");

        // when
        Reply one = send("GET", "/v1/tokens/ci", null);
        Reply all = send("GET", "/v1/tokens", null);

        // then
        assertThat(token).startsWith("ll_");
        assertThat(one.json().path("createdBy").asText()).isEqualTo("token:admin");
        assertThat(one.json().has("token")).isFalse();
        assertThat(all.json().path("tokens").findValuesAsText("name")).containsExactly("admin", "ci");
        assertThat(one.text() + all.text()).doesNotContain("ll_");
    }

    @Test
    void aRevokedTokenIsRefusedAndStaysInTheList() {
        // given
        String token = create("ci", "read:*");

        // when
        Reply revoked = send("DELETE", "/v1/tokens/ci", null);

        // then
        Reply refused = GATEWAY.sendAs(token, "GET", "/v1/limits", null);
        assertThat(revoked.status()).isEqualTo(204);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text()).contains("was revoked").doesNotContain(token);
        assertThat(send("GET", "/v1/tokens/ci", null).json().path("state").asText())
                .isEqualTo("revoked");
        assertThat(send("POST", "/v1/tokens/ci/rotate", "{}").problem()).isEqualTo("token-revoked");
    }

    @Test
    void bothTextsAreTakenAfterARotation() {
        // given
        String token = create("ci", "read:*");

        // when
        Reply rotated = send("POST", "/v1/tokens/ci/rotate", "{\"overlapSeconds\": 60}");

        // then
        String newer = rotated.json().path("token").asText();
        assertThat(rotated.status()).isEqualTo(200);
        assertThat(rotated.json().path("previousExpiresAt").asText()).isNotEmpty();
        assertThat(GATEWAY.sendAs(token, "GET", "/v1/limits", null).status()).isEqualTo(200);
        assertThat(GATEWAY.sendAs(newer, "GET", "/v1/limits", null).status()).isEqualTo(200);
    }

    @Test
    void withoutOverlapOnlyTheNewTextIsTaken() {
        // given
        String token = create("ci", "read:*");

        // when
        send("POST", "/v1/tokens/ci/rotate", "{\"overlapSeconds\": 0}");

        // then
        Reply refused = GATEWAY.sendAs(token, "GET", "/v1/limits", null);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text()).contains("was replaced");
    }

    @Test
    void mistakesAreReportedTogether() {
        // when
        Reply reply = send(
                "POST",
                "/v1/tokens",
                "{\"name\": \"a b\", \"allow\": [\"hold\", \"reed:*\"], \"expiresInSeconds\": 0, \"colour\": 1}");

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("name", "allow[0]", "allow[1]", "expiresInSeconds", "colour");
    }

    @Test
    void aNameIsGivenOnce() {
        // given
        create("ci", "read:*");

        // when
        Reply again = send("POST", "/v1/tokens", "{\"name\": \"ci\", \"allow\": []}");

        // then
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("token-exists");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(send("GET", "/v1/tokens/ci", null).problem()).isEqualTo("token-not-found");
        assertThat(send("DELETE", "/v1/tokens/ci", null).problem()).isEqualTo("token-not-found");
        assertThat(send("GET", "/v1/rights/anyone", null).problem()).isEqualTo("rights-not-found");
        assertThat(send("DELETE", "/v1/rights/anyone", null).problem()).isEqualTo("rights-not-found");
    }

    @Test
    void rightsOfASubjectAreInForceAtOnce() {
        // given
        String token = create("ci", "read:team-*");

        // when
        Reply set = send("PUT", "/v1/rights/token%3Aci", "{\"allow\": [\"define:team-*\"]}");

        // then
        assertThat(set.status()).isEqualTo(200);
        assertThat(GATEWAY.sendAs(token, "PUT", "/v1/limits/team-a", "{\"limit\": 1}")
                        .status())
                .isEqualTo(201);
        assertThat(send("DELETE", "/v1/rights/token%3Aci", null).status()).isEqualTo(204);
        assertThat(GATEWAY.sendAs(token, "DELETE", "/v1/limits/team-a", null).status())
                .isEqualTo(403);
    }

    @Test
    void aSubjectMayHaveASlash() {
        // when
        Reply set = send("PUT", "/v1/rights/cert%3Aspiffe%3A%2F%2Fa%2Fb", "{\"allow\": []}");

        // then
        assertThat(set.json().path("subject").asText()).isEqualTo("cert:spiffe://a/b");
    }

    @Test
    void aSubjectHasAKind() {
        // when
        Reply reply = send("PUT", "/v1/rights/alice", "{\"allow\": []}");

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text()).contains("user:alice@example.com");
    }

    @Test
    void whatAFileHasIsShownAsSuchAndNotChanged() {
        // given
        BOOK.fix(FixedAccess.of(
                List.of(), List.of(new Grant("anyone", List.of(Allowed.parse("read:*")), Instant.now(), null))));

        // when
        Reply changed = send("PUT", "/v1/rights/anyone", "{\"allow\": []}");

        // then
        JsonNode shown = send("GET", "/v1/rights", null).json().path("rights").path(0);
        assertThat(changed.status()).isEqualTo(409);
        assertThat(changed.problem()).isEqualTo("kept-in-file");
        assertThat(shown.path("inFile").asBoolean()).isTrue();
    }

    @Test
    void listsComeInPages() {
        // given
        create("b", "read:*");
        create("c", "read:*");

        // when
        JsonNode first = send("GET", "/v1/tokens?size=2", null).json();
        JsonNode second = send(
                        "GET", "/v1/tokens?size=2&after=" + first.path("next").asText(), null)
                .json();

        // then
        assertThat(first.path("tokens").findValuesAsText("name")).containsExactly("admin", "b");
        assertThat(second.path("tokens").findValuesAsText("name")).containsExactly("c");
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void whoamiSaysWhoAsksAndWhatItMayDo() {
        // given
        String token = create("ci", "hold:deploy-*");
        send("PUT", "/v1/rights/anyone", "{\"allow\": [\"read:public-*\"]}");

        // when
        JsonNode who = GATEWAY.sendAs(token, "GET", "/v1/whoami", null).json();

        // then
        assertThat(who.path("principal").asText()).isEqualTo("token:ci");
        assertThat(who.path("allow")).extracting(JsonNode::asText).containsExactly("hold:deploy-*", "read:public-*");
        assertThat(who.path("authentication")).extracting(JsonNode::asText).containsExactly("token");
    }
}
