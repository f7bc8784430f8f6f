package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.PutLimit;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import io.limitledger.gateway.http.SessionClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cost that is known only afterwards, and one call that takes of two limits. */
class SettleLeaseRouteTest {
    /** An id of a client's own make, which leads to no partition. */
    private static final String ID = "1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01";

    private static final String CALL_ID = "2f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a02";

    private static final String CALL = "{\"limits\": [{\"name\": \"requests\"}, {\"name\": \"tokens\", \"slots\": 1200,"
            + " \"key\": \"customer-42\"}], \"leaseId\": \"" + CALL_ID + "\"}";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @BeforeEach
    void createLimits() {
        put("requests", 10, null);
        put("tokens", 2_000, new KeyBounds(Definition.UNBOUNDED, 0, List.of(minute(1_500)), null, 1));
    }

    private static void put(String name, long perMinute, KeyBounds perKey) {
        Definition definition =
                new Definition(Definition.UNBOUNDED, 0, true, List.of(minute(perMinute)), perKey, Queueing.DEFAULT);
        gateway.ledger().send(new PutLimit(name, definition, null, false)).join();
    }

    private static Quota minute(long slots) {
        return new Quota(slots, new SlidingPeriod(60));
    }

    private static Reply acquire(String limit, String body) {
        return gateway.post("/v1/limits/" + limit + "/leases", body);
    }

    private static Reply settle(String body) {
        return gateway.post("/v1/leases/" + ID + "/settle", body);
    }

    private static Reply settleCall(String body) {
        return gateway.post("/v1/leases/" + CALL_ID + "/settle", body);
    }

    /** How many slots would be granted at once. */
    private static long free(String limit, String more) {
        String id = UUID.randomUUID().toString();
        Reply reply =
                acquire(limit, "{\"slots\": 100000, \"mode\": \"upTo\", \"leaseId\": \"" + id + "\"" + more + "}");
        gateway.delete("/v1/leases/" + id + "?used=0");
        return reply.status() == 201 ? reply.json().path("slots").asLong() : 0;
    }

    @Test
    void givesBackWhatWasNotUsed() {
        // given
        acquire("tokens", "{\"slots\": 1200, \"key\": \"a\", \"leaseId\": \"" + ID + "\"}");

        // when
        Reply reply = settle("{\"slots\": 812}");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("slots").asInt()).isEqualTo(1_200);
        assertThat(reply.json().path("used").asInt()).isEqualTo(812);
        assertThat(free("tokens", "")).isEqualTo(2_000 - 812);
        assertThat(free("tokens", ", \"key\": \"a\"")).isEqualTo(1_500 - 812);
    }

    @Test
    void chargesWhatWasUsedBeyondTheBounds() {
        // given
        acquire("tokens", "{\"slots\": 1000, \"leaseId\": \"" + ID + "\"}");

        // when
        Reply reply = settle("{\"slots\": 2500}");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(acquire("tokens", "{\"slots\": 1}").problem()).isEqualTo("quota-used-up");
        gateway.ledger().advance(Duration.ofSeconds(62));
        assertThat(free("tokens", "")).isEqualTo(2_000);
    }

    @Test
    void changesNothingTheSecondTime() {
        // given
        acquire("tokens", "{\"slots\": 1200, \"leaseId\": \"" + ID + "\"}");
        Reply first = settle("{\"slots\": 812}");

        // when
        Reply again = settle("{\"slots\": 812}");

        // then
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(free("tokens", "")).isEqualTo(2_000 - 812);
    }

    @Test
    void settlesWithTheRelease() {
        // given
        acquire("tokens", "{\"slots\": 1200, \"leaseId\": \"" + ID + "\"}");

        // when
        Reply reply = gateway.delete("/v1/leases/" + ID + "?used=812");

        // then
        assertThat(reply.status()).isEqualTo(204);
        assertThat(free("tokens", "")).isEqualTo(2_000 - 812);
        assertThat(gateway.delete("/v1/leases/" + ID + "?used=812").status()).isEqualTo(204);
    }

    @Test
    void settlesSlotsWithoutALeaseForFiveMinutes() {
        // given
        acquire("tokens", "{\"slots\": 1200, \"leaseSeconds\": 0, \"leaseId\": \"" + ID + "\"}");

        // when
        Reply soon = settle("{\"slots\": 812}");
        long free = free("tokens", "");
        gateway.ledger().advance(Duration.ofMinutes(5));
        Reply late = settle("{\"slots\": 0}");

        // then
        assertThat(soon.status()).isEqualTo(200);
        assertThat(free).isEqualTo(2_000 - 812);
        assertThat(late.status()).isEqualTo(410);
        assertThat(late.problem()).isEqualTo("lease-gone");
    }

    @Test
    void findsALeaseThatTheViewDoesNotShowYet() {
        // given
        acquire("tokens", "{\"slots\": 1200, \"leaseId\": \"" + ID + "\"}");
        gateway.ledger().hideView();

        // when
        Reply reply = settle("{\"slots\": 812}");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("used").asInt()).isEqualTo(812);
    }

    @Test
    void doesNotSettleWhatHasEnded() {
        // given
        acquire("tokens", "{\"slots\": 1200, \"leaseId\": \"" + ID + "\"}");
        gateway.delete("/v1/leases/" + ID);

        // when
        Reply reply = settle("{\"slots\": 812}");

        // then
        assertThat(reply.status()).isEqualTo(410);
        assertThat(reply.problem()).isEqualTo("lease-gone");
    }

    @Test
    void takesOneRequestAndItsTokens() {
        // when
        Reply reply = gateway.post("/v1/leases", CALL);

        // then
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().path("limits").toString()).isEqualTo("[\"requests\",\"tokens\"]");
        assertThat(reply.json().has("slots")).isFalse();
        assertThat(reply.json().path("parts").toString())
                .matches("\\[\\{\"name\":\"requests\",\"slots\":1,\"fence\":[0-9]+},"
                        + "\\{\"name\":\"tokens\",\"slots\":1200,\"key\":\"customer-42\",\"fence\":[0-9]+}]");
        assertThat(gateway.get("/v1/leases/" + CALL_ID).text()).isEqualTo(reply.text());
        assertThat(free("requests", "")).isEqualTo(9);
        assertThat(free("tokens", "")).isEqualTo(800);
    }

    @Test
    void givesBackTheRequestWhereTheTokensAreNotFree() {
        // given
        acquire("tokens", "{\"slots\": 1000, \"key\": \"customer-42\", \"leaseSeconds\": 0}");

        // when
        Reply reply = gateway.post("/v1/leases", CALL);

        // then
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.json().path("limit").asText()).isEqualTo("tokens");
        assertThat(reply.json().path("reason").asText()).isEqualTo("quota");
        assertThat(reply.json().path("retryAfterSeconds").asDouble()).isEqualTo(61);
    }

    @Test
    void settlesOneOfSeveralLimits() {
        // given
        gateway.post("/v1/leases", CALL);

        // when
        Reply reply = settleCall("{\"limits\": [{\"name\": \"tokens\", \"slots\": 812}]}");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("limits").toString()).isEqualTo("[\"requests\",\"tokens\"]");
        assertThat(reply.json().path("parts")).singleElement().satisfies(part -> {
            assertThat(part.path("name").asText()).isEqualTo("tokens");
            assertThat(part.path("used").asInt()).isEqualTo(812);
        });
        assertThat(free("tokens", ", \"key\": \"customer-42\"")).isEqualTo(1_500 - 812);
        assertThat(free("requests", "")).isEqualTo(9);
    }

    @Test
    void asksWhichOfSeveralLimitsIsMeant() {
        // given
        gateway.post("/v1/leases", CALL);

        // when
        Reply settled = settleCall("{\"slots\": 812}");
        Reply released = gateway.delete("/v1/leases/" + CALL_ID + "?used=812");

        // then
        assertThat(settled.status()).isEqualTo(422);
        assertThat(settled.text()).contains("say which of them is settled");
        assertThat(released.status()).isEqualTo(422);
        assertThat(free("tokens", "")).isEqualTo(800);
    }

    @Test
    void checksAllLimitsAtOnce() {
        // given
        acquire("tokens", "{\"slots\": 1500, \"leaseSeconds\": 0}");

        // when
        Reply denied = gateway.post(
                "/v1/leases",
                "{\"limits\": [\"requests\", {\"name\": \"tokens\", \"slots\": 600}], \"mode\": \"check\"}");
        Reply granted = gateway.post(
                "/v1/leases",
                "{\"limits\": [\"requests\", {\"name\": \"tokens\", \"slots\": 500}], \"mode\": \"check\"}");

        // then
        assertThat(denied.text())
                .isEqualTo("{\"granted\":false,\"retryAfterSeconds\":61,\"reason\":\"quota\",\"scope\":\"limit\","
                        + "\"quota\":0,\"limit\":\"tokens\"}");
        assertThat(granted.text()).isEqualTo("{\"granted\":true}");
    }

    @Test
    void settlesInASession() throws Exception {
        // given
        try (SessionClient session = SessionClient.connect(gateway.server().port())) {
            session.send("{\"id\": 1, \"acquire\": " + CALL + "}");
            session.next();

            // when
            session.send("{\"id\": 2, \"settle\": {\"leaseId\": \"" + CALL_ID
                    + "\", \"limits\": [{\"name\": \"tokens\", \"slots\": 812}]}}");
            String settled = session.next().toString();
            session.send("{\"id\": 3, \"release\": {\"leaseId\": \"" + CALL_ID
                    + "\", \"limits\": [\"requests\", {\"name\": \"tokens\", \"used\": 300}]}}");
            String released = session.next().toString();

            // then
            assertThat(settled).contains("\"status\":200", "\"used\":812");
            assertThat(released).contains("\"status\":204");
            assertThat(free("tokens", "")).isEqualTo(2_000 - 300);
            assertThat(free("requests", "")).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                  | slots         | Expected a whole number, but it is missing",
                "{\"slots\": -1}                                                     | slots         | Expected 0 to 2147483647, but got -1",
                "{\"slots\": 1, \"limits\": [{\"name\": \"tokens\", \"slots\": 1}]}  | slots         | Expected slots of the limits, or without limits, but not both",
                "{\"limits\": []}                                                    | limits        | Expected 1 to 100 limits, but got 0",
                "{\"limits\": [\"tokens\"]}                                          | limits        | Expected an array of objects with name and slots, but got [\"tokens\"]",
                "{\"limits\": [{\"name\": \"tokens\"}]}                              | limits[0].slots | Expected a whole number, but it is missing",
                "{\"limits\": [{\"name\": \"tokens\", \"slots\": 1, \"key\": \"a\"}]} | limits[0].key | Expected only name, slots, but got another key",
            })
    void reportsMistakes(String body, String field, String message) {
        // when
        Reply reply = settle(body);

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors").get(0).path("field").asText()).isEqualTo(field);
        assertThat(reply.json().path("errors").get(0).path("message").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"slots\": 3}]                                                  | limits[0].name  | Expected a string, but it is missing",
                "[{\"name\": \"tokens\", \"slots\": \"3\"}]                        | limits[0].slots | Expected a whole number, but got \"3\"",
                "[\"requests\", {\"name\": \"tokens\", \"slots\": 0}]              | limits       | slots of 'tokens': Expected 1 to 2147483647, but got 0",
                "[{\"name\": \"tokens\", \"slots\": 3}, {\"name\": \"tokens\"}]    | limits       | 'tokens' is named twice, with different slots or keys; name each limit once",
            })
    void reportsMistakesOfSeveral(String limits, String field, String message) {
        // when
        Reply reply = gateway.post("/v1/leases", "{\"limits\": " + limits + "}");

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors").get(0).path("field").asText()).isEqualTo(field);
        assertThat(reply.json().path("errors").get(0).path("message").asText()).isEqualTo(message);
    }
}
