package io.limitledger.gateway.prefect.v2;

import static io.limitledger.gateway.prefect.PrefectServer.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.prefect.PrefectServer;
import io.limitledger.gateway.prefect.PrefectServer.Reply;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Making, reading, listing, changing and deleting limits. */
@Tag("broker")
class ManagementTest {
    @RegisterExtension
    final PrefectServer server = new PrefectServer();

    @Test
    void createShowsAllFieldsOfANewLimit() {
        // when
        Reply reply = server.post(LIMITS + "/", "{\"name\": \"database\", \"limit\": 10}");

        // then
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.text())
                .matches("\\{\"id\":\"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\","
                        + "\"created\":\"" + server.now() + "\",\"updated\":\"" + server.now() + "\","
                        + "\"active\":true,\"name\":\"database\",\"limit\":10,\"active_slots\":0,\"denied_slots\":0,"
                        + "\"slot_decay_per_second\":0.0,\"avg_slot_occupancy_seconds\":2.0}");
    }

    @Test
    void createTakesSlotsThatAreInUseBeyondTheLimit() {
        // when
        Reply reply = server.create(
                "database",
                "\"limit\": 10, \"active\": false, \"active_slots\": 12, \"denied_slots\": 3,"
                        + " \"slot_decay_per_second\": 0.5");

        // then
        assertThat(reply.json().path("active").asBoolean()).isFalse();
        assertThat(reply.json().path("active_slots").asLong()).isEqualTo(12);
        assertThat(reply.json().path("denied_slots").asLong()).isEqualTo(3);
        assertThat(reply.json().path("slot_decay_per_second").asDouble()).isEqualTo(0.5);
    }

    @Test
    void createRefusesANameThatIsTaken() {
        // given
        server.create("database", "\"limit\": 10");

        // when
        Reply reply = server.post(LIMITS + "/", "{\"name\": \"database\", \"limit\": 20}");

        // then
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.detail())
                .isEqualTo("Data integrity conflict. This usually means a unique or foreign key constraint was"
                        + " violated. See server logs for details.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "what?",
                "a#b",
                "\uD83D\uDE00",
                "it's",
                "quote\\\\\\\"",
                "\u00e4\u00f6",
                "a;b",
                "a+b",
                "...",
                "~"
            })
    void oddNamesAreReadBack(String name) {
        // given
        Reply created = server.create(name, "\"limit\": 1");
        String real = created.json().path("name").asText();
        String path = java.net.URLEncoder.encode(real, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("..", "%2E%2E");

        // when
        Reply reply = server.get(LIMITS + "/" + path);

        // then
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("name").asText()).isEqualTo(real);
    }

    @Test
    void readLeavesOutWhatOnlyCreateShows() {
        // given
        String start = server.now().toString();
        server.create("database", "\"limit\": 10, \"denied_slots\": 3");
        server.advance(0.25);
        server.patch(LIMITS + "/database", "{}");

        // when
        JsonNode limit = server.get(LIMITS + "/database").json();

        // then
        assertThat(limit.fieldNames())
                .toIterable()
                .containsExactly(
                        "id", "created", "updated", "active", "name", "limit", "active_slots", "slot_decay_per_second");
        assertThat(limit.path("updated").asText()).isEqualTo(start.replace("Z", ".250000Z"));
    }

    @Test
    void aLimitIsFoundByItsIdInAnySpelling() {
        // given
        String id = server.create("database", "\"limit\": 10").json().path("id").asText();

        // when
        Reply dashed = server.get(LIMITS + "/" + id);
        Reply plain = server.get(LIMITS + "/" + id.replace("-", "").toUpperCase(java.util.Locale.ROOT));
        Reply braced = server.get(LIMITS + "/%7B" + id + "%7D");

        // then
        assertThat(dashed.status()).isEqualTo(200);
        assertThat(plain.status()).isEqualTo(200);
        assertThat(braced.status()).isEqualTo(200);
    }

    @Test
    void aNameThatLooksLikeAnIdIsNotFoundByName() {
        // given
        String name = UUID.randomUUID().toString();
        server.create(name, "\"limit\": 10");

        // when
        Reply reply = server.get(LIMITS + "/" + name);

        // then
        assertThat(reply.status()).isEqualTo(404);
    }

    @Test
    void namesAreCaseSensitive() {
        // given
        server.create("database", "\"limit\": 10");

        // when
        Reply reply = server.get(LIMITS + "/Database");

        // then
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.detail()).isEqualTo("Concurrency Limit not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter", "increment", "leases"})
    void theNamesOfRoutesAreNamesOfLimitsToo(String name) {
        // given
        server.create(name, "\"limit\": 10");

        // when
        Reply reply = server.get(LIMITS + "/" + name);

        // then
        assertThat(reply.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter", "increment", "leases"})
    void theNamesOfRoutesAreLookedUpLikeAnyOther(String name) {
        // when
        Reply reply = server.get(LIMITS + "/" + name);

        // then
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.detail()).isEqualTo("Concurrency Limit not found");
    }

    @Test
    void aPageHasTwoHundredLimitsAtMost() {
        // given
        for (int limit = 1_000; limit < 1_201; limit++) {
            server.create("limit" + limit, "\"limit\": 1");
        }

        // when
        JsonNode page = server.post(LIMITS + "/filter", null).json();
        JsonNode rest = server.post(LIMITS + "/filter", "{\"offset\": 200}").json();

        // then
        assertThat(page).hasSize(200);
        assertThat(rest.findValuesAsText("name")).containsExactly("limit1200");
    }

    @Test
    void filterListsByNameAPageAtATime() {
        // given
        for (String name : new String[] {"b", "_", "a", "C", "B"}) {
            server.create(name, "\"limit\": 1");
        }

        // when
        JsonNode all = server.post(LIMITS + "/filter", null).json();
        JsonNode page =
                server.post(LIMITS + "/filter", "{\"limit\": 2, \"offset\": 1}").json();
        JsonNode none = server.post(LIMITS + "/filter", "{\"limit\": 0}").json();
        JsonNode beyond = server.post(LIMITS + "/filter", "{\"offset\": 9223372036854775807}")
                .json();
        JsonNode defaults = server.post(LIMITS + "/filter", "{\"limit\": null, \"offset\": null, \"x\": 1}")
                .json();

        // then
        assertThat(all.findValuesAsText("name")).containsExactly("B", "C", "_", "a", "b");
        assertThat(page.findValuesAsText("name")).containsExactly("C", "_");
        assertThat(none).isEmpty();
        assertThat(beyond).isEmpty();
        assertThat(defaults).hasSize(5);
    }

    @Test
    void patchChangesWhatIsGiven() {
        // given
        server.create("database", "\"limit\": 10, \"slot_decay_per_second\": 1");

        // when
        Reply reply = server.patch(LIMITS + "/database", "{\"limit\": 20, \"active\": false}");

        // then
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.text()).isEmpty();
        JsonNode limit = server.get(LIMITS + "/database").json();
        assertThat(limit.path("limit").asLong()).isEqualTo(20);
        assertThat(limit.path("active").asBoolean()).isFalse();
        assertThat(limit.path("slot_decay_per_second").asDouble()).isEqualTo(1);
    }

    @Test
    void patchByIdWithAllFieldsAndTheSameNameIsNoRename() {
        // given
        String id = server.create("database", "\"limit\": 10").json().path("id").asText();

        // when
        Reply reply = server.patch(
                LIMITS + "/" + id,
                "{\"active\": true, \"name\": \"database\", \"limit\": 11, \"active_slots\": 0,"
                        + " \"slot_decay_per_second\": 0}");

        // then
        assertThat(reply.status()).isEqualTo(204);
        assertThat(server.get(LIMITS + "/" + id).json().path("limit").asLong()).isEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "name", "limit", "active_slots", "denied_slots", "slot_decay_per_second"})
    void nullIsNoValueForAnyField(String field) {
        // given
        server.create("database", "\"limit\": 10");

        // when
        Reply reply = server.patch(LIMITS + "/database", "{\"" + field + "\": null}");

        // then
        assertThat(reply.status()).isEqualTo(409);
        assertThat(server.patch(LIMITS + "/nowhere", "{\"" + field + "\": null}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void patchOfAnUnknownLimitIsNotFoundEvenWithNothingToChange() {
        // when
        Reply reply = server.patch(LIMITS + "/nowhere", "{}");

        // then
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.detail()).isEqualTo("Concurrency Limit not found");
    }

    @Test
    void patchKeepsWhatHasDecayed() {
        // given
        server.create("calls", "\"limit\": 10, \"slot_decay_per_second\": 1, \"active_slots\": 10");
        server.advance(5.2);

        // when
        server.patch(LIMITS + "/calls", "{\"limit\": 11}");

        // then
        assertThat(server.activeSlots("calls")).isEqualTo(5);
    }

    @Test
    void patchRenamesALimitWithAllThatIsHeld() {
        // given
        String id = server.create("database", "\"limit\": 2").json().path("id").asText();
        UUID lease = server.lease(2, "database");

        // when
        Reply reply = server.patch(LIMITS + "/database", "{\"name\": \"files\", \"limit\": 3}");

        // then
        assertThat(reply.status()).as(reply.text()).isEqualTo(204);
        assertThat(server.get(LIMITS + "/database").status()).isEqualTo(404);
        assertThat(server.get(LIMITS + "/" + id).json().path("name").asText()).isEqualTo("files");
        assertThat(server.get(LIMITS + "/files").json().path("limit").asLong()).isEqualTo(3);
        assertThat(server.activeSlots("files")).isEqualTo(2);
        assertThat(server.renew(lease).status()).isEqualTo(204);
        assertThat(server.release(lease).status()).isEqualTo(204);
        assertThat(server.activeSlots("files")).isZero();
    }

    @Test
    void aNameThatIsTakenIsRefusedAndNothingElseChanged() {
        // given
        server.create("database", "\"limit\": 2");
        server.create("files", "\"limit\": 2");

        // when
        Reply reply = server.patch(LIMITS + "/database", "{\"name\": \"files\", \"limit\": 3}");

        // then
        assertThat(reply.status()).isEqualTo(409);
        assertThat(server.get(LIMITS + "/database").json().path("limit").asLong())
                .isEqualTo(2);
    }

    @Test
    void deleteEndsALimitByNameOrId() {
        // given
        server.create("one", "\"limit\": 1");
        String id = server.create("two", "\"limit\": 1").json().path("id").asText();

        // when
        Reply byName = server.delete(LIMITS + "/one");
        Reply byId = server.delete(LIMITS + "/" + id);
        Reply again = server.delete(LIMITS + "/one");

        // then
        assertThat(byName.status()).isEqualTo(204);
        assertThat(byId.status()).isEqualTo(204);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.detail()).isEqualTo("Concurrency Limit not found");
    }

    @Test
    void aLimitThatIsMadeAgainStartsEmptyUnderANewId() {
        // given
        String before =
                server.create("database", "\"limit\": 2").json().path("id").asText();
        UUID lease = server.lease(2, "database");
        server.delete(LIMITS + "/database");

        // when
        String after =
                server.create("database", "\"limit\": 2").json().path("id").asText();

        // then
        assertThat(after).isNotEqualTo(before);
        assertThat(server.activeSlots("database")).isZero();
        assertThat(server.release(lease).status()).isEqualTo(204);
        assertThat(server.renew(lease).status()).isEqualTo(410);
    }

    @Test
    void whatIsReservedIsNotForUsers() {
        // given
        server.lease(1, "unknown");

        // when
        Reply create = server.post(LIMITS + "/", "{\"name\": \"limit-ledger:none\", \"limit\": 1}");

        // then
        assertThat(create.status()).isEqualTo(422);
        assertThat(server.get(LIMITS + "/limit-ledger:none").status()).isEqualTo(404);
        assertThat(server.delete(LIMITS + "/limit-ledger:none").status()).isEqualTo(404);
        assertThat(server.post(LIMITS + "/filter", null).json()).isEmpty();
    }
}
