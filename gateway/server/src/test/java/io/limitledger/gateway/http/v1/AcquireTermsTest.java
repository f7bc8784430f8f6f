package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.core.command.PutLimit;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an acquire says beside slots and times: key, priority, mode, onExpiry; and what the answers say of it. */
class AcquireTermsTest {
    private static final String ID = "1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01";
    private static final KeyBounds PER_KEY = new KeyBounds(3, 0, List.of(new Quota(8, new SlidingPeriod(60))), 1L, 1);
    private static final Definition TOKENS =
            new Definition(10, 0, true, List.of(new Quota(20, new SlidingPeriod(60))), PER_KEY, Queueing.DEFAULT);

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @BeforeEach
    void createLimits() {
        put("tokens", TOKENS);
        gateway.put("/v1/limits/database", "{\"limit\": 2}");
    }

    private static void put(String name, Definition definition) {
        gateway.ledger().send(new PutLimit(name, definition, null, false)).join();
    }

    private static Reply acquire(String body) {
        return gateway.post("/v1/limits/tokens/leases", body);
    }

    private static CompletableFuture<Reply> waitForOne(String more) {
        return gateway.sendAsync(
                "POST", "/v1/limits/database/leases", "{\"waitSeconds\": 600, \"leaseSeconds\": 1000" + more + "}");
    }

    @Test
    void showsKeyAndFence() {
        // when
        Reply reply = acquire("{\"slots\": 2, \"key\": \"eu/customer-42\", \"leaseId\": \"" + ID + "\"}");

        // then
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().path("key").asText()).isEqualTo("eu/customer-42");
        assertThat(reply.json().path("fence").asLong()).isPositive();
        assertThat(gateway.get("/v1/leases/" + ID).text()).isEqualTo(reply.text());
    }

    @Test
    void givesEachGrantAHigherFence() {
        // given
        long first = acquire("{\"slots\": 1}").json().path("fence").asLong();
        gateway.delete("/v1/limits/tokens");
        put("tokens", TOKENS);

        // when
        long second = acquire("{\"slots\": 1}").json().path("fence").asLong();

        // then
        assertThat(second).isGreaterThan(first);
    }

    @Test
    void saysWhichBoundOfTheKeyIsInTheWay() {
        // given
        acquire("{\"slots\": 3, \"key\": \"a\"}");

        // when
        Reply ofKey = acquire("{\"slots\": 1, \"key\": \"a\"}");
        Reply ofOther = acquire("{\"slots\": 1, \"key\": \"b\"}");

        // then
        assertThat(ofKey.status()).isEqualTo(429);
        assertThat(ofKey.problem()).isEqualTo("key-full");
        assertThat(ofKey.json().path("reason").asText()).isEqualTo("key");
        assertThat(ofKey.json().path("scope").asText()).isEqualTo("key");
        assertThat(ofKey.json().has("quota")).isFalse();
        assertThat(ofOther.status()).isEqualTo(201);
    }

    @Test
    void saysWhichQuotaIsUsedUpAndExactlyWhenItReturns() {
        // given: 8 of the 8 in a minute that one key may take
        acquire("{\"slots\": 3, \"key\": \"a\", \"leaseId\": \"" + ID + "\"}");
        gateway.delete("/v1/leases/" + ID);
        acquire("{\"slots\": 3, \"key\": \"a\", \"leaseSeconds\": 1}");
        gateway.ledger().advance(Duration.ofSeconds(2));
        acquire("{\"slots\": 2, \"key\": \"a\"}");

        // when
        Reply reply = acquire("{\"slots\": 1, \"key\": \"a\"}");

        // then
        assertThat(reply.problem()).isEqualTo("quota-used-up");
        assertThat(reply.json().path("reason").asText()).isEqualTo("quota");
        assertThat(reply.json().path("scope").asText()).isEqualTo("key");
        assertThat(reply.json().path("quota").asInt(-1)).isZero();
        assertThat(reply.json().has("holders")).isFalse();
        long retryMillis = (long) (reply.json().path("retryAfterSeconds").asDouble() * 1_000);
        gateway.ledger().advance(Duration.ofMillis(retryMillis - 1));
        assertThat(acquire("{\"slots\": 1, \"key\": \"a\"}").status()).isEqualTo(429);
        gateway.ledger().advance(Duration.ofMillis(1));
        assertThat(acquire("{\"slots\": 1, \"key\": \"a\"}").status()).isEqualTo(201);
    }

    @Test
    void saysThatAPlainLimitIsFull() {
        // given
        gateway.post("/v1/limits/database/leases", "{\"slots\": 2}");

        // when
        Reply reply = gateway.post("/v1/limits/database/leases", null);

        // then
        assertThat(reply.json().path("reason").asText()).isEqualTo("limit");
        assertThat(reply.json().has("scope")).isFalse();
    }

    @Test
    void deniesWhereAsManyWaitAsMay() {
        // given
        acquire("{\"slots\": 3, \"key\": \"a\"}");
        CompletableFuture<Reply> waiting =
                gateway.sendAsync("POST", "/v1/limits/tokens/leases", "{\"key\": \"a\", \"waitSeconds\": 60}");
        await().until(() ->
                gateway.get("/v1/limits/tokens").json().path("waiting").asInt() == 1);

        // when
        Reply reply = acquire("{\"key\": \"a\", \"waitSeconds\": 60}");

        // then
        assertThat(reply.problem()).isEqualTo("queue-full");
        assertThat(reply.json().path("reason").asText()).isEqualTo("queue");
        assertThat(reply.json().path("scope").asText()).isEqualTo("key");
        assertThat(waiting).isNotDone();
    }

    @Test
    void letsAnUrgentRequestOvertake() {
        // given
        String holder = leaseId(gateway.post("/v1/limits/database/leases", "{\"slots\": 2, \"leaseSeconds\": 1000}"));
        CompletableFuture<Reply> early = waitForOne("");
        await().until(() -> waiting() == 1);
        gateway.ledger().advance(Duration.ofSeconds(20));
        CompletableFuture<Reply> urgent = waitForOne(", \"slots\": 2, \"priority\": 30");
        await().until(() -> waiting() == 2);

        // when
        gateway.delete("/v1/leases/" + holder);

        // then
        assertThat(urgent.join().status()).isEqualTo(201);
        assertThat(early).isNotDone();
    }

    private static int waiting() {
        return gateway.get("/v1/limits/database").json().path("waiting").asInt();
    }

    private static String leaseId(Reply reply) {
        return reply.json().path("leaseId").asText();
    }

    @Test
    void checksWithoutTaking() {
        // given
        acquire("{\"slots\": 3, \"key\": \"a\"}");

        // when
        Reply granted = acquire("{\"slots\": 3, \"key\": \"b\", \"mode\": \"check\"}");
        Reply denied = acquire("{\"slots\": 1, \"key\": \"a\", \"mode\": \"check\"}");

        // then
        assertThat(granted.status()).isEqualTo(200);
        assertThat(granted.text()).isEqualTo("{\"granted\":true}");
        assertThat(denied.status()).isEqualTo(200);
        assertThat(denied.text())
                .isEqualTo("{\"granted\":false,\"retryAfterSeconds\":30,\"reason\":\"key\",\"scope\":\"key\"}");
        assertThat(gateway.get("/v1/limits/tokens").json().path("leases").asInt())
                .isOne();
        assertThat(gateway.get("/v1/limits/tokens").json().path("waiting").asInt())
                .isZero();
    }

    @Test
    void checksAsAnAcquireIsRefused() {
        // when
        Reply tooWide = acquire("{\"slots\": 11, \"mode\": \"check\"}");
        Reply missing = gateway.post("/v1/limits/nothing/leases", "{\"mode\": \"check\"}");

        // then
        assertThat(tooWide.problem()).isEqualTo("slots-exceed-limit");
        assertThat(missing.problem()).isEqualTo("limit-not-found");
    }

    @Test
    void takesWhatIsFree() {
        // given
        acquire("{\"slots\": 4}");

        // when
        Reply reply = acquire("{\"slots\": 50, \"mode\": \"upTo\", \"leaseId\": \"" + ID + "\"}");
        Reply again = acquire("{\"slots\": 50, \"mode\": \"upTo\", \"leaseId\": \"" + ID + "\"}");

        // then
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().path("slots").asInt()).isEqualTo(6);
        assertThat(again.text()).isEqualTo(reply.text());
        assertThat(acquire("{\"slots\": 50, \"mode\": \"upTo\"}").problem()).isEqualTo("limit-full");
    }

    @Test
    void refundsWhatADeadHolderTookIfItSaidSo() {
        // given
        acquire("{\"slots\": 3, \"key\": \"a\", \"leaseSeconds\": 1, \"onExpiry\": \"refund\"}");
        acquire("{\"slots\": 3, \"key\": \"b\", \"leaseSeconds\": 1}");

        // when
        gateway.ledger().advance(Duration.ofSeconds(2));

        // then: 8 in a minute, of which 3 are charged to b alone
        assertThat(leftFor("a")).isEqualTo(3);
        assertThat(quotaLeftFor("a")).isEqualTo(8);
        assertThat(quotaLeftFor("b")).isEqualTo(5);
    }

    private static int leftFor(String key) {
        Reply reply =
                acquire("{\"slots\": 50, \"mode\": \"upTo\", \"key\": \"" + key + "\", \"leaseId\": \"" + ID + "\"}");
        gateway.delete("/v1/leases/" + ID + "?used=0");
        return reply.json().path("slots").asInt();
    }

    /** How many slots in all one key can take and release. */
    private static int quotaLeftFor(String key) {
        int taken = 0;
        while (true) {
            Reply reply = acquire("{\"key\": \"" + key + "\"}");
            if (reply.status() != 201) {
                return taken;
            }
            taken++;
            gateway.delete("/v1/leases/" + leaseId(reply));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"mode\": \"peek\"}                                | mode        | Expected one of 'check', 'upTo', but got \"peek\"",
                "{\"onExpiry\": \"forget\"}                          | onExpiry    | Expected one of 'charge', 'refund', but got \"forget\"",
                "{\"onExpiry\": \"refund\", \"leaseSeconds\": 0}     | onExpiry    | Expected a lease beside it, because slots without one do not expire; leave it out, or set leaseSeconds",
                "{\"mode\": \"check\", \"waitSeconds\": 5}           | waitSeconds | Expected no wait beside mode 'check', which answers at once; leave one of them out",
                "{\"mode\": \"check\", \"leaseId\": \"" + ID
                        + "\"}  | leaseId     | Expected no lease id beside mode 'check', which takes nothing; leave one of them out",
                "{\"priority\": 3601}                                | priority    | Expected -3600 to 3600, but got 3601",
                "{\"priority\": \"high\"}                            | priority    | Expected a whole number, but got \"high\"",
                "{\"key\": \"\"}                                     | key         | Expected 1 to 255 characters, but got 0",
                "{\"key\": \"a&b\"}                                  | key         | Expected none of / % & > < and no control characters or half surrogates, but got 'a&b'",
                "{\"key\": 42}                                       | key         | Expected a string, but got 42",
                "{\"slots\": 0, \"mode\": \"upTo\"}                  | slots       | Expected 1 to 2147483647, but got 0",
            })
    void reportsMistakes(String body, String field, String message) {
        // when
        Reply reply = acquire(body);

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.problem()).isEqualTo("invalid-request");
        assertThat(reply.json().path("errors")).singleElement().satisfies(error -> {
            assertThat(error.path("field").asText()).isEqualTo(field);
            assertThat(error.path("message").asText()).isEqualTo(message);
        });
    }

    @Test
    void countsAKeyThatBoundsNothing() {
        // when
        Reply reply = gateway.post("/v1/limits/database/leases", "{\"key\": \"anyone\"}");

        // then
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().path("key").asText()).isEqualTo("anyone");
    }
}
