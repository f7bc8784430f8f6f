package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.events.KeptEvent;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import io.limitledger.wire.LeaseIds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a limit fared, and the life of a lease. */
class TrendRoutesTest {
    private static final AtomicLong OFFSETS = new AtomicLong();
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final int LAST_OF_HOUR = 359;
    private static final int LAST_OF_DAY = 287;

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private final String limit = "trend-" + NAMES.incrementAndGet();
    private final UUID leaseId = UUID.randomUUID();

    @BeforeEach
    void createLimit() {
        gateway.put("/v1/limits/" + limit, "{\"limit\": 2}");
    }

    @Test
    void shouldCountGrantsAndDenialsAndShowWhatIsOccupied() {
        // given
        gateway.post("/v1/limits/" + limit + "/leases", "{\"slots\": 2}");
        happens("LeaseGranted", "{}");
        happens("LeaseDenied", "{}");
        happens("LeaseDenied", "{}");
        gateway.trends().sample();

        // when
        JsonNode hour = gateway.get("/v1/limits/" + limit + "/trend").json();
        JsonNode day = gateway.get("/v1/limits/" + limit + "/trend?span=day").json();

        // then
        assertThat(hour.path("bucketSeconds").asInt()).isEqualTo(10);
        assertThat(hour.path("granted").get(LAST_OF_HOUR).asInt()).isEqualTo(1);
        assertThat(hour.path("denied").get(LAST_OF_HOUR).asInt()).isEqualTo(2);
        assertThat(hour.path("occupied").get(LAST_OF_HOUR).asInt()).isEqualTo(2);
        assertThat(hour.path("waiting").get(LAST_OF_HOUR).asInt()).isZero();
        assertThat(hour.path("occupied").get(LAST_OF_HOUR - 1).isNull()).isTrue();
        assertThat(day.path("denied").get(LAST_OF_DAY).asInt()).isEqualTo(2);
        assertThat(day.path("denied")).hasSize(LAST_OF_DAY + 1);
    }

    @Test
    void shouldGoOnWithWhatIsOccupiedWhileNothingHappens() {
        // given
        gateway.post("/v1/limits/" + limit + "/leases", "{\"slots\": 2, \"leaseSeconds\": 600}");
        happens("LeaseGranted", "{}");
        gateway.trends().sample();

        // when
        gateway.ledger().advance(Duration.ofMinutes(2));

        // then
        JsonNode hour = gateway.get("/v1/limits/" + limit + "/trend").json();
        assertThat(hour.path("occupied").get(LAST_OF_HOUR).asInt()).isEqualTo(2);
        assertThat(hour.path("granted").get(LAST_OF_HOUR).asInt()).isZero();
        assertThat(hour.path("granted").get(LAST_OF_HOUR - 12).asInt()).isEqualTo(1);
    }

    @Test
    void shouldShowTheLastMinuteInTheListOfLimits() {
        // given
        happens("LeaseGranted", "{}");
        happens("LeaseDenied", "{}");
        gateway.trends().sample();

        // when
        JsonNode now = gateway.get("/v1/limits?with=lastHour&name=" + limit + "&name=unknown")
                .json()
                .path("limits");
        gateway.ledger().advance(Duration.ofMinutes(2));
        JsonNode later = gateway.get("/v1/limits/" + limit).json();

        // then
        assertThat(now).hasSize(1);
        assertThat(now.get(0).path("lastMinute").toString()).isEqualTo("{\"granted\":1,\"denied\":1}");
        assertThat(now.get(0).path("occupiedLastHour")).hasSize(30);
        assertThat(later.path("lastMinute").toString()).isEqualTo("{\"granted\":0,\"denied\":0}");
    }

    @Test
    void shouldRefuseMoreNamesThanAPageHas() {
        // when
        Reply reply = gateway.get("/v1/limits?size=100" + names(101));

        // then
        assertThat(reply.problem()).isEqualTo("invalid-request");
        assertThat(reply.text()).contains("at most 100");
    }

    private static String names(int count) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < count; i++) {
            names.append("&name=n").append(i);
        }
        return names.toString();
    }

    @Test
    void shouldShowTheLifeOfALease() {
        // given
        happens("WaiterQueued", "{\"waiter\": {\"leaseId\": \"" + leaseId + "\"}}");
        happens("LeaseGranted", "{\"lease\": {\"leaseId\": \"" + leaseId + "\"}}");
        happens("LeaseReleased", "{\"leaseId\": \"" + leaseId + "\"}");
        happens("LeaseReleased", "{\"leaseId\": \"" + UUID.randomUUID() + "\"}");

        // when
        Reply life = gateway.get("/v1/leases/" + leaseId + "/events");
        Reply ofItsLimit = gateway.get("/v1/leases/" + leaseId + "/events?limit=" + limit);

        // then
        assertThat(life.json().path("events").findValuesAsText("type"))
                .containsExactly("WaiterQueued", "LeaseGranted", "LeaseReleased");
        assertThat(ofItsLimit.json()).isEqualTo(life.json());
    }

    /** A holder may say anything of itself. */
    @Test
    void shouldNotTakeTheWordsOfAHolderForAnEventOfTheLease() {
        // given
        happens(
                "LeaseGranted",
                "{\"lease\": {\"leaseId\": \"" + UUID.randomUUID() + "\", \"holder\": {\"leaseId\": \"" + leaseId
                        + "\"}}}");

        // when
        Reply life = gateway.get("/v1/leases/" + leaseId + "/events");

        // then
        assertThat(life.json().path("events")).isEmpty();
    }

    private void happens(String type, String fact) {
        String json =
                "{\"type\":\"%s\",\"limit\":\"%s\",\"number\":1,\"at\":\"%s\",\"rules\":1,\"offset\":1,\"fact\":%s}"
                        .formatted(type, limit, gateway.ledger().clock().instant(), fact);
        int partition = LeaseIds.partition(limit, gateway.events().partitions());
        gateway.events()
                .add(new KeptEvent(partition, OFFSETS.getAndIncrement(), limit, json.getBytes(StandardCharsets.UTF_8)));
    }
}
