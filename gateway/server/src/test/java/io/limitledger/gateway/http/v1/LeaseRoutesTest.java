package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.client.NotSentException;
import io.limitledger.client.TooManyInFlightException;
import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LeaseRoutesTest {
    private static final String ID = "1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @BeforeEach
    void createLimit() {
        gateway.put("/v1/limits/database", "{\"limit\": 10}");
    }

    private Reply acquire(String body) {
        return gateway.post("/v1/limits/database/leases", body);
    }

    @Test
    void acquiresWithDefaultsWhereThereIsNoBody() {
        // when
        Reply reply = acquire(null);

        // then
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text())
                .matches("\\{\"leaseId\":\"[-0-9a-f]{36}\",\"limit\":\"database\",\"slots\":1,"
                        + "\"acquiredAt\":\"2026-11-20T10:00:00Z\",\"expiresAt\":\"2026-11-20T10:05:00Z\","
                        + "\"startsAt\":\"2026-11-20T10:00:00Z\",\"fence\":[0-9]+}");
        assertThat(reply.header("Location"))
                .isEqualTo("/v1/leases/" + reply.json().path("leaseId").asText());
    }

    @Test
    void acquiresAsAsked() {
        // when
        Reply reply = acquire("{\"slots\": 3, \"leaseSeconds\": 1.5, \"leaseId\": \"" + ID
                + "\", \"holder\": {\"host\": \"w\", \"n\": [1, 2.50]}}");

        // then
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().path("slots").asInt()).isEqualTo(3);
        assertThat(reply.json().path("expiresAt").asText()).isEqualTo("2026-11-20T10:00:01.500Z");
        assertThat(reply.json().path("leaseId").asText()).isEqualTo(ID);
        assertThat(reply.json().path("holder").path("host").asText()).isEqualTo("w");
        assertThat(gateway.get("/v1/leases/" + ID).text()).isEqualTo(reply.text());
    }

    @Test
    void repeatsAnAcquire() {
        // given
        String body = "{\"slots\": 6, \"leaseId\": \"" + ID + "\"}";
        Reply first = acquire(body);

        // when
        Reply second = acquire(body);

        // then
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(gateway.get("/v1/limits/database").json().path("occupied").asInt())
                .isEqualTo(6);
    }

    @Test
    void refusesAnIdThatIsTaken() {
        // given
        acquire("{\"slots\": 1, \"leaseId\": \"" + ID + "\"}");

        // when
        Reply reply = acquire("{\"slots\": 2, \"leaseId\": \"" + ID + "\"}");

        // then
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.problem()).isEqualTo("lease-id-taken");
    }

    @Test
    void refusesAnIdThatIsDoneWith() {
        // given
        acquire("{\"leaseId\": \"" + ID + "\"}");
        gateway.delete("/v1/leases/" + ID);

        // when
        Reply reply = acquire("{\"leaseId\": \"" + ID + "\"}");

        // then
        assertThat(reply.status()).isEqualTo(410);
        assertThat(reply.problem()).isEqualTo("lease-gone");
    }

    @Test
    void refusesWhatCanNeverFit() {
        // when
        Reply reply = acquire("{\"slots\": 11}");

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.problem()).isEqualTo("slots-exceed-limit");
    }

    @Test
    void refusesSlotsThatWouldNeverComeBack() {
        // when
        Reply reply = acquire("{\"leaseSeconds\": 0}");

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.problem()).isEqualTo("lease-required");
    }

    @Test
    void deniesWhatIsNotFree() {
        // given
        acquire("{\"slots\": 10, \"leaseSeconds\": 2.5}");

        // when
        Reply reply = acquire("{\"leaseId\": \"" + ID + "\"}");

        // then
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.problem()).isEqualTo("limit-full");
        assertThat(reply.header("Retry-After")).isEqualTo("3");
        assertThat(reply.json().path("retryAfterSeconds").decimalValue()).isEqualByComparingTo("2.5");
        assertThat(reply.json().path("leaseId").asText()).isEqualTo(ID);
        assertThat(reply.json().path("instance").asText()).isEqualTo("/v1/limits/database/leases");
    }

    @Test
    void reportsTheRetryTimeOfARateLimitExactly() {
        // given
        gateway.put("/v1/limits/calls", "{\"limit\": 2, \"slotDecayPerSecond\": 4}");
        gateway.post("/v1/limits/calls/leases", "{\"slots\": 2, \"leaseSeconds\": 0}");
        gateway.ledger().advance(Duration.ofMillis(100));

        // when
        Reply reply = gateway.post("/v1/limits/calls/leases", "{\"leaseSeconds\": 0}");

        // then
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.json().path("retryAfterSeconds").decimalValue()).isEqualByComparingTo("0.15");
    }

    @Test
    void spendsSlotsWithoutALease() {
        // given
        gateway.put("/v1/limits/calls", "{\"limit\": 2, \"slotDecayPerSecond\": 4}");

        // when
        Reply reply = gateway.post("/v1/limits/calls/leases", "{\"leaseSeconds\": 0}");

        // then
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().path("expiresAt")).isEqualTo(reply.json().path("startsAt"));
        assertThat(reply.header("Location")).isNull();
        assertThat(gateway.get("/v1/leases/" + reply.json().path("leaseId").asText())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void grantsNothingOnAPausedLimit() {
        // given
        gateway.put("/v1/limits/database", "{\"limit\": 0}");

        // when
        Reply reply = acquire(null);

        // then
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.problem()).isEqualTo("limit-paused");
    }

    @Test
    void findsNoLimit() {
        // when
        Reply reply = gateway.post("/v1/limits/nothing/leases", "{}");

        // then
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.problem()).isEqualTo("limit-not-found");
    }

    @Test
    void renews() {
        // given
        acquire("{\"leaseId\": \"" + ID + "\"}");
        gateway.ledger().advance(Duration.ofSeconds(60));

        // when
        Reply reply = gateway.post("/v1/leases/" + ID + "/renew", "{\"leaseSeconds\": 30}");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("expiresAt").asText()).isEqualTo("2026-11-20T10:01:30Z");
    }

    @Test
    void renewsForFiveMinutesWhereThereIsNoBody() {
        // given
        acquire("{\"leaseId\": \"" + ID + "\", \"leaseSeconds\": 10}");

        // when
        Reply reply = gateway.post("/v1/leases/" + ID + "/renew", null);

        // then
        assertThat(reply.json().path("expiresAt").asText()).isEqualTo("2026-11-20T10:05:00Z");
    }

    @Test
    void doesNotRenewWhatHasExpired() {
        // given
        acquire("{\"leaseId\": \"" + ID + "\", \"leaseSeconds\": 10}");
        gateway.ledger().advance(Duration.ofSeconds(10));

        // when
        Reply reply = gateway.post("/v1/leases/" + ID + "/renew", "{}");

        // then
        assertThat(reply.status()).isEqualTo(410);
        assertThat(reply.problem()).isEqualTo("lease-gone");
    }

    @Test
    void releasesAgainAndAgain() {
        // given
        acquire("{\"slots\": 10, \"leaseId\": \"" + ID + "\"}");

        // when
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            statuses.add(gateway.delete("/v1/leases/" + ID).status());
        }

        // then
        assertThat(statuses).containsOnly(204);
        assertThat(gateway.get("/v1/limits/database").json().path("occupied").asInt())
                .isZero();
        assertThat(gateway.get("/v1/leases/" + ID).problem()).isEqualTo("lease-not-found");
    }

    @Test
    void releasesWhatNeverWas() {
        // when
        Reply reply = gateway.delete("/v1/leases/" + UUID.randomUUID());

        // then
        assertThat(reply.status()).isEqualTo(204);
    }

    @Test
    void reportsTheLeaseIdWhereTheOutcomeIsUnknown() {
        // given
        gateway.ledger().fail(new UnknownOutcomeException("no answer came"));

        // when
        Reply reply = acquire("{\"leaseId\": \"" + ID + "\"}");

        // then
        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.problem()).isEqualTo("outcome-unknown");
        assertThat(reply.json().path("leaseId").asText()).isEqualTo(ID);
        assertThat(reply.json().path("detail").asText()).contains("repeat", ID);
    }

    @Test
    void refusesAnIdThatIsInUseForAnotherLimit() {
        // given
        gateway.put("/v1/limits/files", "{\"limit\": 10}");
        gateway.put("/v1/limits/paper", "{\"limit\": 10}");
        acquire("{\"leaseId\": \"" + ID + "\"}");

        // when
        Reply one = gateway.post("/v1/limits/files/leases", "{\"leaseId\": \"" + ID + "\"}");
        Reply several = gateway.post("/v1/leases", "{\"limits\": [\"files\", \"paper\"], \"leaseId\": \"" + ID + "\"}");

        // then
        assertThat(one.status()).isEqualTo(409);
        assertThat(one.problem()).isEqualTo("lease-id-taken");
        assertThat(several.status()).isEqualTo(409);
        assertThat(gateway.get("/v1/limits/files").json().path("leases").asInt())
                .isZero();
        assertThat(acquire("{\"leaseId\": \"" + ID + "\"}").status()).isEqualTo(201);
    }

    @Test
    void refusesItAlsoBeforeTheViewShowsIt() {
        // given
        gateway.put("/v1/limits/files", "{\"limit\": 10}");
        gateway.ledger().hideView();
        acquire("{\"leaseId\": \"" + ID + "\"}");

        // when
        Reply reply = gateway.post("/v1/limits/files/leases", "{\"leaseId\": \"" + ID + "\"}");

        // then
        assertThat(reply.status()).isEqualTo(409);
    }

    @Test
    void takesAnIdThatWasDeniedOnAnotherLimit() {
        // given
        gateway.put("/v1/limits/files", "{\"limit\": 1}");
        gateway.post("/v1/limits/files/leases", "{}");
        gateway.post("/v1/limits/files/leases", "{\"leaseId\": \"" + ID + "\"}");

        // when
        Reply reply = acquire("{\"leaseId\": \"" + ID + "\"}");

        // then
        assertThat(reply.status()).isEqualTo(201);
    }

    @Test
    void reportsTheHoldersOfTheSlots() {
        // given
        for (int holder = 1; holder <= 7; holder++) {
            acquire("{\"leaseSeconds\": " + 60 * holder + ", \"holder\": \"worker-" + holder + "\"}");
        }

        // when
        Reply reply = acquire("{\"slots\": 4}");

        // then
        assertThat(reply.problem()).isEqualTo("limit-full");
        assertThat(reply.json().path("holders")).hasSize(Holders.MOST);
        assertThat(reply.json().path("holders").path(0))
                .hasToString("{\"slots\":1,\"expiresAt\":\"2026-11-20T10:01:00Z\",\"holder\":\"worker-1\"}");
    }

    @Test
    void givesBackWhatTheClientCannotRepeat() {
        // given
        gateway.ledger().fail(new UnknownOutcomeException("no answer came"));

        // when
        Reply reply = acquire(null);

        // then
        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.problem()).isEqualTo("outcome-unknown");
        assertThat(reply.json().has("leaseId")).isFalse();
        assertThat(reply.json().path("detail").asText()).contains("repeat", "given back");
        assertThat(gateway.ledger().sent())
                .extracting(sent -> sent.command().getClass().getSimpleName())
                .containsSubsequence("AcquireLease", "ReleaseLease");
    }

    @Test
    void saysThatNothingWasDoneWhereKafkaTookNoCommand() {
        // given
        gateway.ledger().fail(new NotSentException("Kafka did not take AcquireLease", new TimeoutException()));

        // when
        Reply reply = acquire(null);

        // then
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.problem()).isEqualTo("ledger-unreachable");
        assertThat(reply.header("Retry-After")).isEqualTo("2");
    }

    @Test
    void sendsOthersAwayWhenItIsBusy() {
        // given
        gateway.ledger().fail(new TooManyInFlightException(5));

        // when
        Reply reply = acquire(null);

        // then
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.problem()).isEqualTo("overloaded");
        assertThat(reply.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void hidesTheDetailsOfAFault() {
        // given
        gateway.ledger().fail(new IllegalStateException("secret"));

        // when
        Reply reply = gateway.delete("/v1/leases/" + ID);

        // then
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.problem()).isEqualTo("internal-error");
        assertThat(reply.text()).doesNotContain("secret");
    }
}
