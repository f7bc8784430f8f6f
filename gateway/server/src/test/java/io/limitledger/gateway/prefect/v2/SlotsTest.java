package io.limitledger.gateway.prefect.v2;

import static io.limitledger.gateway.prefect.PrefectServer.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.prefect.PrefectServer;
import io.limitledger.gateway.prefect.PrefectServer.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking and returning slots: the rules in their order. */
@Tag("broker")
class SlotsTest {
    @RegisterExtension
    final PrefectServer server = new PrefectServer();

    @BeforeEach
    void makeLimits() {
        server.create("database", "\"limit\": 3");
        server.create("api", "\"limit\": 5, \"slot_decay_per_second\": 1");
        server.create("off", "\"limit\": 1, \"active\": false");
        server.create("paused", "\"limit\": 0");
    }

    @Test
    void incrementTakesSlotsAndReturnsTheLimits() {
        // when
        Reply reply = server.increment(2, "database", "api", "database");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text())
                .matches("\\[\\{\"id\":\"[-0-9a-f]{36}\",\"name\":\"api\",\"limit\":5},"
                        + "\\{\"id\":\"[-0-9a-f]{36}\",\"name\":\"database\",\"limit\":3}]");
        assertThat(server.activeSlots("database")).isEqualTo(2);
        assertThat(server.activeSlots("api")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"increment", "decrement"})
    void unknownNamesArePassedOver(String route) {
        // when
        Reply some =
                server.post(LIMITS + "/" + route, "{\"slots\": 1, \"names\": [\"a/b\", \"database\", \"nowhere\"]}");
        Reply none = server.post(LIMITS + "/" + route, "{\"slots\": 1, \"names\": [\"nowhere\"]}");
        Reply empty = server.post(LIMITS + "/" + route, "{\"slots\": 1, \"names\": []}");

        // then
        assertThat(some.json().findValuesAsText("name")).containsExactly("database");
        assertThat(none.text()).isEqualTo("[]");
        assertThat(empty.text()).isEqualTo("[]");
    }

    @Test
    void inactiveLimitsAreReturnedButNotOccupied() {
        // when
        Reply without = server.increment(2, "off", "database");
        Reply with = server.acquire(1, "off", "database");
        Reply only = server.increment(7, "off");

        // then
        assertThat(without.json().findValuesAsText("name")).containsExactly("database", "off");
        assertThat(with.json().findValuesAsText("name")).containsExactly("database", "off");
        assertThat(only.json().findValuesAsText("name")).containsExactly("off");
        assertThat(server.activeSlots("off")).isZero();
        assertThat(server.activeSlots("database")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"increment", "increment-with-lease"})
    void moreSlotsThanALimitHasAreRefused(String route) {
        // when
        Reply tooMany = server.post(LIMITS + "/" + route, "{\"slots\": 4, \"names\": [\"api\", \"database\"]}");
        Reply paused = server.post(LIMITS + "/" + route, "{\"slots\": 1, \"names\": [\"paused\"]}");

        // then
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.detail()).isEqualTo("Slots requested is greater than the limit");
        assertThat(paused.status()).isEqualTo(422);
        assertThat(paused.detail()).isEqualTo("Slots requested is greater than the limit");
        assertThat(server.activeSlots("api")).isZero();
    }

    @Test
    void rateLimitsMustDecay() {
        // given
        server.create("cpu", "\"limit\": 3");

        // when
        Reply reply = server.post(
                LIMITS + "/increment",
                "{\"slots\": 1, \"names\": [\"database\", \"api\", \"off\", \"cpu\"], \"mode\": \"rate_limit\"}");

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.detail())
                .isEqualTo("Only concurrency limits with slot decay can be used for rate limiting. The following limits"
                        + " do not have a decay configured: 'cpu,database'");
    }

    @Test
    void tooManySlotsAreRefusedBeforeAMissingDecay() {
        // when
        Reply reply = server.post(
                LIMITS + "/increment", "{\"slots\": 9, \"names\": [\"database\"], \"mode\": \"rate_limit\"}");

        // then
        assertThat(reply.detail()).isEqualTo("Slots requested is greater than the limit");
    }

    @Test
    void aDecayingLimitMayBeUsedForConcurrencyAndNullIsTheDefaultMode() {
        // when
        Reply reply = server.post(LIMITS + "/increment", "{\"slots\": 5, \"names\": [\"api\"], \"mode\": null}");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(server.activeSlots("api")).isEqualTo(5);
    }

    @Test
    void unknownKeysDoNotMatter() {
        // when
        Reply reply = server.post(
                LIMITS + "/increment",
                "{\"slots\": 1, \"names\": [\"api\"], \"create_if_missing\": true, \"colour\": \"red\","
                        + " \"lease_duration\": 1}");

        // then
        assertThat(reply.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"increment", "increment-with-lease"})
    void allOrNothing(String route) {
        // given
        server.increment(3, "database");

        // when
        Reply reply = server.post(LIMITS + "/" + route, "{\"slots\": 1, \"names\": [\"api\", \"database\"]}");

        // then
        assertThat(reply.status()).isEqualTo(423);
        assertThat(reply.text()).isEqualTo("{\"detail\":\"Locked\"}");
        assertThat(reply.retryAfter()).isPositive();
        assertThat(server.activeSlots("api")).isZero();
        assertThat(server.activeSlots("database")).isEqualTo(3);
    }

    @Test
    void decrementReturnsAsManyAsThereAre() {
        // given
        server.increment(2, "database");

        // when
        Reply reply = server.decrement(3, "database", "off");

        // then
        assertThat(reply.json().findValuesAsText("name")).containsExactly("database", "off");
        assertThat(server.activeSlots("database")).isZero();
    }

    @Test
    void decrementNeverFreesWhatALeaseHolds() {
        // given
        server.lease(2, "database");
        server.increment(1, "database");

        // when
        server.decrement(3, "database");

        // then
        assertThat(server.activeSlots("database")).isEqualTo(2);
    }

    @Test
    void decrementLeavesAnInactiveLimitAlone() {
        // given
        server.increment(2, "database");
        server.patch(LIMITS + "/database", "{\"active\": false}");

        // when
        server.decrement(1, "database");

        // then
        assertThat(server.activeSlots("database")).isEqualTo(2);
    }

    @Test
    void decrementWithAnOccupancyOnAPausedLimitIsInOrder() {
        // when
        Reply reply = server.post(
                LIMITS + "/decrement", "{\"slots\": 1, \"names\": [\"paused\"], \"occupancy_seconds\": 1e300}");

        // then
        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void aBurstIsAsLargeAsTheLimit() {
        // when
        Reply all = server.increment(5, "api");
        Reply more = server.increment(1, "api");

        // then
        assertThat(all.status()).isEqualTo(200);
        assertThat(more.status()).isEqualTo(423);
        assertThat(more.retryAfter()).isEqualTo(1.0);
    }

    @Test
    void activeSlotsDecayAndAreRoundedUp() {
        // given
        server.increment(5, "api");
        server.advance(2.1);

        // when
        JsonNode limit = server.get(LIMITS + "/api").json();

        // then
        assertThat(limit.path("active_slots").asLong()).isEqualTo(3);
        assertThat(server.post(LIMITS + "/filter", null)
                        .json()
                        .get(0)
                        .path("active_slots")
                        .asLong())
                .isEqualTo(3);
    }

    @Test
    void nothingOfADecayIsLostByFrequentRequests() {
        // given
        server.increment(5, "api");

        // when
        int granted = 0;
        for (int attempt = 0; attempt < 20; attempt++) {
            server.advance(0.6);
            granted += server.increment(1, "api").status() == 200 ? 1 : 0;
        }

        // then
        assertThat(granted).isEqualTo(12);
    }
}
