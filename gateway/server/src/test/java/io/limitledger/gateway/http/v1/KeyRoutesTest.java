package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Terms;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import io.limitledger.wire.LeaseIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of a limit: what they use, and what is said about one of them. */
class KeyRoutesTest {
    private static final String KEYS = "/v1/limits/api/keys";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @Test
    void overridesTheBoundsOfOneKey() {
        // given
        gateway.put("/v1/limits/api", "{\"limit\": 100, \"perKey\": {\"limit\": 2, \"maxWaiting\": 5}}");

        // when
        Reply reply =
                gateway.put(KEYS + "/customer-42", "{\"limit\": 20, \"quotas\": [{\"slots\": 7, \"per\": \"day\"}]}");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text())
                .isEqualTo(
                        "{\"key\":\"customer-42\",\"limit\":20,\"quotas\":[{\"slots\":7,\"per\":\"day\",\"taken\":0,\"left\":7}],"
                                + "\"maxWaiting\":5,\"occupied\":0,\"available\":7,\"leases\":0,\"waiting\":0,"
                                + "\"override\":{\"limit\":20,\"quotas\":[{\"slots\":7,\"per\":\"day\"}]}}");
        assertThat(gateway.get(KEYS + "/customer-42").json()).isEqualTo(reply.json());
    }

    @Test
    void takesAnOverrideBack() {
        // given
        gateway.put("/v1/limits/api", "{\"limit\": 100, \"perKey\": {\"limit\": 2}}");
        gateway.put(KEYS + "/customer-42", "{\"limit\": 20}");

        // when
        Reply reply = gateway.delete(KEYS + "/customer-42");

        // then
        assertThat(reply.status()).isEqualTo(204);
        assertThat(gateway.get(KEYS + "/customer-42").text())
                .isEqualTo(
                        "{\"key\":\"customer-42\",\"limit\":2,\"occupied\":0,\"available\":2,\"leases\":0,\"waiting\":0}");
        assertThat(gateway.get(KEYS).json().path("keys")).isEmpty();
    }

    @Test
    void takesKeysWithSlashes() {
        // given
        gateway.put("/v1/limits/api", "{\"limit\": 100, \"perKey\": {\"limit\": 2}}");

        // when
        Reply reply = gateway.put(KEYS + "/a%2Fb", "{\"limit\": 20}");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("key").asText()).isEqualTo("a/b");
        assertThat(read(KEYS)).containsExactly("a/b");
        assertThat(gateway.delete(KEYS + "/a%2Fb").status()).isEqualTo(204);
    }

    @Test
    void showsWhatAKeyUses() {
        // given
        gateway.put(
                "/v1/limits/api",
                "{\"limit\": 3, \"perKey\": {\"limit\": 2, \"quotas\": [{\"slots\": 10, \"perSeconds\": 60}]}}");
        acquire("alice", 2, 0);
        acquire("alice", 1, 60_000);

        // when
        JsonNode alice = gateway.get(KEYS + "/alice").json();

        // then
        assertThat(alice.toString())
                .contains("\"taken\":2,\"left\":8,\"returnsAt\":")
                .endsWith("\"occupied\":2,\"available\":0,\"leases\":1,\"waiting\":1}");
        assertThat(gateway.get("/v1/limits/api").json().path("keys").asLong()).isEqualTo(1);
        assertThat(gateway.get("/v1/limits/api").json().path("available").asLong())
                .describedAs("another key is not held up")
                .isEqualTo(1);
    }

    @Test
    void listsKeysByNameAndByUse() {
        // given
        gateway.put("/v1/limits/api", "{\"limit\": 100, \"perKey\": {\"limit\": 10}}");
        acquire("b", 1, 0);
        acquire("a/1", 3, 0);
        acquire("d", 3, 0);
        acquire("c:2", 7, 0);
        acquire(null, 1, 0);

        // when
        List<String> byName = read(KEYS + "?size=2");
        List<String> byUse = read(KEYS + "?orderBy=use&size=1");

        // then
        assertThat(byName).containsExactly("a/1", "b", "c:2", "d");
        assertThat(byUse).containsExactly("c:2", "a/1", "d", "b");
    }

    @Test
    void forgetsKeysThatAreIdle() {
        // given
        gateway.put(
                "/v1/limits/api", "{\"limit\": 100, \"perKey\": {\"quotas\": [{\"slots\": 10, \"perSeconds\": 60}]}}");
        acquire("alice", 2, 0);

        // when
        gateway.ledger().advance(Duration.ofHours(1));
        gateway.ledger().advance(Duration.ofSeconds(10));

        // then
        assertThat(read(KEYS)).isEmpty();
    }

    /** Its group is a matter of the order of turns only. */
    @Test
    void doesNotListThoseWithoutAKey() {
        // given
        gateway.put("/v1/limits/api", "{\"limit\": 1, \"order\": \"fair\"}");
        acquire(null, 1, 0);
        acquire(null, 1, 60_000);

        // when
        List<String> keys = read(KEYS);

        // then
        assertThat(keys).isEmpty();
        assertThat(gateway.get("/v1/limits/api").json().has("keys")).isFalse();
    }

    @Test
    void showsWhoWaitsForWhat() {
        // given: alice's key is full, and 9 of 10 slots are occupied
        gateway.put("/v1/limits/api", "{\"limit\": 10, \"perKey\": {\"limit\": 6}}");
        acquire("alice", 6, 0);
        acquire("bob", 3, 0);

        // when
        acquire("alice", 1, 60_000);
        acquire("bob", 2, 60_000);
        acquireOn(new Terms("carol", 30, null, Terms.OnExpiry.CHARGE), 5, 60_000);

        // then
        JsonNode waiters = gateway.get("/v1/limits/api/waiters").json().path("waiters");
        assertThat(waiters.findValuesAsText("key")).containsExactly("alice", "bob", "carol");
        assertThat(waiters.findValuesAsText("waitsFor")).containsExactly("key", "limit", "limit");
        assertThat(waiters.findValuesAsText("place")).containsExactly("2", "3", "1");
        assertThat(waiters.path(2).path("priority").asLong()).isEqualTo(30);
        // A slot is taken to be held for two seconds until the first lease has ended.
        assertThat(waiters.findValuesAsText("estimatedStartAt"))
                .containsExactly("2026-11-20T10:00:02Z", "2026-11-20T10:00:02Z", "2026-11-20T10:00:04Z");
        assertThat(gateway.get("/v1/limits/api").json().path("available").asLong())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {} | limit: Expected limit, slotDecayPerSecond, quotas, maxWaiting or weight, but got none of them
            {"weight": 0} | weight: Expected 0.01 to 100, but got 0.0
            {"order": "fair"} | order: Expected only limit, slotDecayPerSecond, quotas, maxWaiting, weight, but got another key
            {"maxWaiting": 1001} | maxWaiting: Expected 0 to 1000, but got 1001
            {"quotas": [{"slots": 1, "per": "day", "zone": "Mars"}]} | quotas[0].zone: Expected the name of a time zone
            """)
    void refusesWhatMakesNoSense(String body, String mistake) {
        // given
        gateway.put("/v1/limits/api", "{\"limit\": 1, \"perKey\": {\"limit\": 1}}");

        // when
        Reply reply = gateway.put(KEYS + "/alice", body);

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("detail").asText()).startsWith(mistake);
    }

    @Test
    void refusesAnOverrideThatWouldCountForNothing() {
        // given
        gateway.put("/v1/limits/api", "{\"limit\": 1}");

        // when
        Reply reply = gateway.put(KEYS + "/alice", "{\"limit\": 1}");

        // then
        assertThat(reply.problem()).isEqualTo("keys-not-bounded");
        assertThat(gateway.put(KEYS + "/a%3Cb", "{\"limit\": 1}").problem()).isEqualTo("invalid-request");
        assertThat(gateway.get("/v1/limits/nowhere/keys").problem()).isEqualTo("limit-not-found");
        assertThat(gateway.get("/v1/limits/nowhere/keys/alice").problem()).isEqualTo("limit-not-found");
        assertThat(gateway.put("/v1/limits/nowhere/keys/alice", "{\"limit\": 1}")
                        .problem())
                .isEqualTo("limit-not-found");
        assertThat(gateway.get(KEYS + "?orderBy=age").problem()).isEqualTo("invalid-request");
    }

    private static void acquire(String key, long slots, long waitMillis) {
        acquireOn(new Terms(key, 0, null, Terms.OnExpiry.CHARGE), slots, waitMillis);
    }

    private static void acquireOn(Terms terms, long slots, long waitMillis) {
        Claim claim = new Claim(LeaseIds.newFor("api"), "api", slots, 3_600_000, null, List.of());
        var unused = gateway.ledger().send(new AcquireLease(claim.on(terms), waitMillis, null, false));
    }

    private static List<String> read(String path) {
        List<String> keys = new ArrayList<>();
        String next = null;
        do {
            String after = next == null ? "" : (path.contains("?") ? "&" : "?") + "after=" + next;
            JsonNode page = gateway.get(path + after).json();
            page.path("keys").forEach(key -> keys.add(key.path("key").asText()));
            next = page.path("next").asText(null);
        } while (next != null);
        return keys;
    }
}
