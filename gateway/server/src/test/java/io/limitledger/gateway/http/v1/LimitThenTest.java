package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.gateway.events.LimitHistory;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import io.limitledger.gateway.http.InMemoryLedger;
import io.limitledger.wire.LeaseIds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A limit as it was at a time: as it was shown then, and still is. */
@Timeout(60)
class LimitThenTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @Test
    void showsALimitAsItWasShownThen() {
        // given
        gateway.put("/v1/limits/calls", "{\"limit\": 4, \"slotDecayPerSecond\": 0.01}");
        gateway.post("/v1/limits/calls/leases", "{\"slots\": 3, \"leaseSeconds\": 3600}");
        Instant then = InMemoryLedger.START.plus(MINUTE);
        gateway.ledger().advance(MINUTE);
        ObjectNode shown = (ObjectNode) gateway.get("/v1/limits/calls").json();
        JsonNode held = gateway.get("/v1/limits/calls/leases").json().path("leases");

        // when
        gateway.ledger().advance(MINUTE);
        gateway.put("/v1/limits/calls", "{\"limit\": 9}");
        gateway.post("/v1/limits/calls/leases", "{}");
        JsonNode again = gateway.get("/v1/limits/calls?at=" + then).json();

        // then
        assertThat(again.path("heldBy")).isEqualTo(held).hasSize(1);
        assertThat(again.path("inLine")).isEmpty();
        shown.remove(List.of("lastEvent", "lastMinute"));
        shown.put("at", then.toString()).set("heldBy", again.path("heldBy"));
        shown.set("inLine", again.path("inLine"));
        assertThat(again).isEqualTo(shown);
    }

    @Test
    void showsTheWaitersOfThen() {
        // given
        gateway.put("/v1/limits/database", "{\"limit\": 1}");
        gateway.post("/v1/limits/database/leases", "{}");
        var waiting = gateway.sendAsync("POST", "/v1/limits/database/leases", "{\"waitSeconds\": 60}");
        await().until(() -> waiters().size() == 1);
        JsonNode shown = waiters();

        // when
        gateway.ledger().advance(MINUTE.plus(MINUTE));

        // then
        assertThat(waiting.join().status()).isEqualTo(429);
        assertThat(waiters()).isEmpty();
        assertThat(gateway.get("/v1/limits/database?at=" + InMemoryLedger.START)
                        .json()
                        .path("inLine"))
                .isEqualTo(shown);
    }

    @Test
    void showsALimitThatWasDeleted() {
        // given
        gateway.put("/v1/limits/database", "{\"limit\": 1}");
        gateway.ledger().advance(MINUTE);
        gateway.delete("/v1/limits/database");

        // when
        Reply then = gateway.get("/v1/limits/database?at=" + InMemoryLedger.START);
        Reply after = gateway.get("/v1/limits/database?at=" + InMemoryLedger.START.plus(MINUTE));
        Reply before = gateway.get("/v1/limits/database?at=" + InMemoryLedger.START.minusMillis(1));

        // then
        assertThat(then.json().path("limit").asLong()).isEqualTo(1);
        assertThat(List.of(after.problem(), before.problem())).containsOnly("limit-not-found");
        assertThat(before.text()).contains("did not exist at 2026-11-20T09:59:59.999Z");
    }

    @Test
    void refusesWhatIsNoTimeThatHasPassed() {
        // given
        gateway.put("/v1/limits/database", "{\"limit\": 1}");

        for (String time :
                List.of("yesterday", InMemoryLedger.START.plusMillis(1).toString())) {
            // when
            Reply reply = gateway.get("/v1/limits/database?at=" + time);

            // then
            assertThat(reply.problem()).isEqualTo("invalid-request");
            assertThat(reply.text()).contains("Expected a time that has passed", time);
        }
    }

    @Test
    void readsThePastForFewAtATimeAndTheRestIsNotKept() {
        // given
        gateway.put("/v1/limits/database", "{\"limit\": 1}");
        CountDownLatch begun = new CountDownLatch(LimitHistory.MOST_READERS);
        CountDownLatch goOn = new CountDownLatch(1);
        gateway.readPastFrom(() -> {
            begun.countDown();
            awaitQuietly(goOn);
            return gateway.ledger().events();
        });
        String past = "/v1/limits/database?at=" + InMemoryLedger.START;
        List<CompletableFuture<Reply>> reading = IntStream.range(0, LimitHistory.MOST_READERS)
                .mapToObj(i -> gateway.sendAsync("GET", past, null))
                .toList();

        awaitQuietly(begun);

        // when
        Reply oneTooMany = gateway.get(past);

        // then
        assertThat(oneTooMany.problem()).isEqualTo("overloaded");
        assertThat(oneTooMany.header("Retry-After")).isEqualTo("1");
        assertThat(gateway.get("/v1/limits/database").status()).isEqualTo(200);
        goOn.countDown();
        assertThat(reading)
                .allSatisfy(reply -> assertThat(reply.join().status()).isEqualTo(200));
    }

    @Test
    void readsOlderEventsThanThoseThatAreKept() {
        // given
        gateway.put("/v1/limits/database", "{\"limit\": 1}");
        gateway.put("/v1/limits/database", "{\"limit\": 2}");
        gateway.put("/v1/limits/database", "{\"limit\": 3}");
        gateway.events().begin(partition("database"), 2);

        // when
        Reply first = gateway.get("/v1/limits/database/events?size=2");
        Reply second = gateway.get("/v1/limits/database/events?size=2&after="
                + first.json().path("next").asText());

        // then
        assertThat(first.json().path("events").findValuesAsText("number")).containsExactly("1", "2");
        assertThat(second.json().path("events").findValuesAsText("number")).containsExactly("3");
        assertThat(second.json().has("next")).isFalse();
    }

    private static JsonNode waiters() {
        return gateway.get("/v1/limits/database/waiters").json().path("waiters");
    }

    private static int partition(String limit) {
        return LeaseIds.partition(limit, gateway.events().partitions());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
