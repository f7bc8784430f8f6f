package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits with quotas, keys and an order, as they are defined and shown. It is 10:00 in UTC, 11:00 in Berlin. */
class DefinitionRoutesTest {
    private static final String DAILY =
            "{\"quotas\": [{\"slots\": 1000, \"per\": \"day\", \"zone\": \"Europe/Berlin\", \"at\": \"08:00\"}]}";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @Test
    void showsAllThatWasDefined() {
        // when
        Reply reply = gateway.put(
                "/v1/limits/openai",
                "{\"limit\": 100, \"quotas\": [{\"slots\": 600, \"perSeconds\": 60}, {\"slots\": 1000, \"per\": \"month\"}],"
                        + " \"perKey\": {\"limit\": 2, \"slotDecayPerSecond\": 0.5, \"quotas\": [{\"slots\": 5, \"per\": \"hour\","
                        + " \"zone\": \"Asia/Kathmandu\"}], \"maxWaiting\": 3}, \"order\": \"fair\", \"maxWaiting\": 50,"
                        + " \"whenFull\": \"replaceOldest\"}");

        // then
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text())
                .contains(
                        "\"limit\":100,\"slotDecayPerSecond\":0,\"active\":true,"
                                + "\"quotas\":[{\"slots\":600,\"perSeconds\":60,\"taken\":0,\"left\":600},"
                                + "{\"slots\":1000,\"per\":\"month\",\"taken\":0,\"left\":1000}],"
                                + "\"perKey\":{\"limit\":2,\"slotDecayPerSecond\":0.5,"
                                + "\"quotas\":[{\"slots\":5,\"per\":\"hour\",\"zone\":\"Asia/Kathmandu\"}],\"maxWaiting\":3},"
                                + "\"order\":\"fair\",\"maxWaiting\":50,\"whenFull\":\"replaceOldest\",\"occupied\":0,\"available\":100");
        assertThat(withoutUse(gateway.get("/v1/limits/openai").json())).isEqualTo(reply.json());
        assertThat(withoutUse(gateway.get("/v1/limits").json().path("limits").path(0)))
                .isEqualTo(reply.json());
    }

    /** The answer to a change does not say what has happened to the limit. */
    private static JsonNode withoutUse(JsonNode limit) {
        return ((ObjectNode) limit).without(List.of("lastEvent", "lastMinute"));
    }

    @Test
    void readsBackWhatItShowsWithoutWhatIsUsed() {
        // given
        gateway.put("/v1/limits/daily", DAILY);

        // when
        JsonNode quota = gateway.get("/v1/limits/daily").json().path("quotas").path(0);

        // then
        assertThat(quota.toString())
                .isEqualTo(
                        "{\"slots\":1000,\"per\":\"day\",\"zone\":\"Europe/Berlin\",\"at\":\"08:00\",\"taken\":0,\"left\":1000}");
    }

    @Test
    void computesTheOffsetsOfTheZone() {
        // when
        gateway.put("/v1/limits/daily", DAILY);

        // then
        PutLimit put = (PutLimit) gateway.ledger().sent().get(0).command();
        CalendarPeriod period =
                (CalendarPeriod) put.definition().quotas().get(0).period();
        assertThat(period.offsets()).hasSize(51);
        assertThat(period.offsets().get(0).offsetSeconds()).isEqualTo(3_600);
    }

    @Test
    void showsWhatIsTakenAndWhenItReturns() {
        // given
        gateway.put("/v1/limits/daily", DAILY);
        gateway.post("/v1/limits/daily/leases", "{\"slots\": 3, \"leaseSeconds\": 0}");

        // when
        JsonNode shown = gateway.get("/v1/limits/daily").json();

        // then
        assertThat(shown.has("limit")).isFalse();
        assertThat(shown.path("available").asLong()).isEqualTo(997);
        assertThat(shown.path("quotas").path(0).toString())
                .contains("\"taken\":3,\"left\":997,\"returnsAt\":\"2026-11-21T07:00:00Z\"");

        // and then
        gateway.ledger().advance(Duration.ofHours(21));
        JsonNode nextDay = gateway.get("/v1/limits/daily").json();
        assertThat(nextDay.path("quotas").path(0).path("left").asLong()).isEqualTo(1_000);
        assertThat(nextDay.path("quotas").path(0).has("returnsAt")).isFalse();
    }

    @Test
    void showsThePastWithItsQuotasAndKeys() {
        // given
        gateway.put(
                "/v1/limits/api", "{\"quotas\": [{\"slots\": 10, \"perSeconds\": 3600}], \"perKey\": {\"limit\": 1}}");
        gateway.post("/v1/limits/api/leases", "{\"slots\": 4, \"leaseSeconds\": 0}");
        gateway.post("/v1/limits/api/leases", "{\"key\": \"alice\", \"leaseSeconds\": 60}");
        JsonNode alice = gateway.get("/v1/limits/api/keys/alice").json();
        gateway.ledger().advance(Duration.ofHours(2));

        // when
        JsonNode then = gateway.get("/v1/limits/api?at=2026-11-20T10:00:30Z").json();
        JsonNode now = gateway.get("/v1/limits/api").json();

        // then
        assertThat(then.path("quotas").path(0).path("taken").asLong()).isEqualTo(5);
        assertThat(then.path("byKey")).containsExactly(alice);
        assertThat(then.path("perKey").path("limit").asLong()).isEqualTo(1);
        assertThat(now.path("quotas").path(0).path("taken").asLong()).isZero();
    }

    @Test
    void changesTheGivenFieldsOnly() {
        // given
        gateway.put(
                "/v1/limits/api",
                "{\"limit\": 10, \"quotas\": [{\"slots\": 5, \"perSeconds\": 60}], \"perKey\": {\"limit\": 2}, \"maxWaiting\": 7}");

        // when
        Reply reply = gateway.patch("/v1/limits/api", "{\"order\": \"fair\", \"quotas\": []}");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("limit").asLong()).isEqualTo(10);
        assertThat(reply.json().has("quotas")).isFalse();
        assertThat(reply.json().path("perKey").path("limit").asLong()).isEqualTo(2);
        assertThat(reply.json().path("order").asText()).isEqualTo("fair");
        assertThat(reply.json().path("maxWaiting").asLong()).isEqualTo(7);
    }

    /** The last is right by itself, but not beside what the limit says already: the ledger finds that. */
    @Test
    void refusesAChangeThatMakesNoSenseBesideTheRest() {
        // given
        gateway.put("/v1/limits/api", "{\"perKey\": {\"limit\": 2}}");

        // when
        Reply reply = gateway.patch("/v1/limits/api", "{\"order\": \"fair\"}");

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors").path(0).path("field").asText()).isEqualTo("order");
        assertThat(gateway.get("/v1/limits/api").json().has("order")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {} | limit: Expected limit, quotas or perKey, but it is missing
            {"limit": 2147483648} | limit: Expected 0 to 2147483647, but got 2147483648
            {"order": "fair", "perKey": {"limit": 1}} | order: Expected limit or quotas beside order 'fair', because
            {"limit": 1, "order": "lifo"} | order: Expected one of 'fifo', 'fair', but got "lifo"
            {"limit": 1, "whenFull": "replaceOldest"} | whenFull: Expected maxWaiting beside 'replaceOldest', but it is missing
            {"limit": 1, "whenFull": "drop"} | whenFull: Expected one of 'refuse', 'replaceOldest', but got "drop"
            {"limit": 1, "maxWaiting": -1} | maxWaiting: Expected 0 to 20000, but got -1
            {"limit": 1, "perKey": {}} | perKey: Expected limit, quotas or maxWaiting, but got none of them
            {"limit": 1, "perKey": 2} | perKey: Expected an object, but got 2
            {"limit": 1, "perKey": {"limit": "two"}} | perKey.limit: Expected a whole number, but got "two"
            {"limit": 1, "perKey": {"limit": 1, "weight": 2}} | perKey.weight: Expected only limit, slotDecayPerSecond, quotas, maxWaiting, but got another key
            {"limit": 1, "perKey": {"slotDecayPerSecond": 1, "maxWaiting": 1}} | perKey.slotDecayPerSecond: Expected a limit beside it, because only occupied slots decay
            {"slotDecayPerSecond": 1, "perKey": {"limit": 1}} | slotDecayPerSecond: Expected a limit beside it, because only occupied slots decay; add limit, or use quotas
            {"quotas": {"slots": 1, "perSeconds": 60}} | quotas: Expected an array of objects, but got
            {"limit": 1, "quotas": [5]} | quotas[0]: Expected an object, but got 5
            {"quotas": [{"perSeconds": 60}]} | quotas[0].slots: Expected a whole number, but it is missing
            {"quotas": [{"slots": 0, "perSeconds": 60}]} | quotas.slots: Expected 1 to 2147483647, but got 0
            {"quotas": [{"slots": 1, "perSeconds": 0}]} | quotas.perSeconds: Expected 1 to 2678400, but got 0
            {"quotas": [{"slots": 1, "perSeconds": 9}, {"slots": 1}]} | quotas[1].perSeconds: Expected either perSeconds, or per: minute, hour, day, week or month; but got neither
            {"quotas": [{"slots": 1, "perSeconds": 60, "per": "day"}]} | quotas[0].perSeconds: Expected either perSeconds, or per: minute, hour, day, week or month; but got both; keep one of them
            {"quotas": [{"slots": 1, "per": "year"}]} | quotas[0].per: Expected one of 'minute', 'hour', 'day', 'week', 'month', but got "year"
            {"quotas": [{"slots": 1, "per": "day", "zone": "Mars"}]} | quotas[0].zone: Expected the name of a time zone, such as Europe/Berlin or UTC, but got 'Mars'
            {"quotas": [{"slots": 1, "per": "day", "at": "24:00"}]} | quotas[0].at: Expected a time of day from 00:00 to 23:59, such as 08:00, but got '24:00'
            {"quotas": [{"slots": 1, "per": "hour", "at": "08:00"}]} | quotas[0].at: Expected it only beside per: day, week or month, because an hour has no time of day; leave it out
            {"quotas": [{"slots": 1, "perSeconds": 60, "zone": "UTC"}]} | quotas[0].zone: Expected it only beside per, because perSeconds counts back from now
            {"quotas": [{"slots": 1, "perSeconds": 60, "offsets": []}]} | quotas[0].offsets: Expected only slots, perSeconds, per, zone, at, but got another key
            {"quotas": [{"slots": 1, "perSeconds": 60}, {"slots": 2, "perSeconds": 60}]} | quotas: Expected one quota for each period, but got two for the same; keep the smaller one
            {"quotas": [{"slots": 1, "perSeconds": 1}, {"slots": 1, "perSeconds": 2}, {"slots": 1, "perSeconds": 3}, {"slots": 1, "perSeconds": 4}, {"slots": 1, "perSeconds": 5}]} | quotas: Expected at most 4 quotas, but got 5
            """)
    void refusesWhatMakesNoSense(String body, String mistake) {
        // when
        Reply reply = gateway.put("/v1/limits/api", body);

        // then
        assertThat(reply.status()).describedAs(reply.text()).isEqualTo(422);
        assertThat(reply.json().path("detail").asText()).startsWith(mistake);
        assertThat(reply.json().path("errors")).hasSize(1);
        assertThat(gateway.ledger().sent()).isEmpty();
    }
}
