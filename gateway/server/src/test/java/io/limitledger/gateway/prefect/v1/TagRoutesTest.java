package io.limitledger.gateway.prefect.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.prefect.PrefectServer;
import io.limitledger.gateway.prefect.PrefectServer.Reply;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of task tags. */
@Tag("broker")
class TagRoutesTest {
    private static final String TAGS = "/api/concurrency_limits";
    private static final UUID ONE = UUID.fromString("5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10");
    private static final UUID TWO = UUID.fromString("0c9d6b4f-6a0e-4f53-8d2c-2a3ad0b4f6c1");

    @RegisterExtension
    final PrefectServer server = new PrefectServer();

    @Test
    void aTagGetsALimitAndThenAnother() {
        // when
        Reply created = put("etl", 2);
        Reply changed = put("etl", 3);

        // then
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text())
                .matches("\\{\"id\":\"[-0-9a-f]{36}\",\"created\":\"" + server.now() + "\","
                        + "\"updated\":\"" + server.now() + "\",\"tag\":\"etl\",\"concurrency_limit\":2,"
                        + "\"active_slots\":\\[]}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("concurrency_limit").asLong()).isEqualTo(3);
        assertThat(changed.json().path("id")).isEqualTo(created.json().path("id"));
    }

    @Test
    void itIsTheLimitOfTheTagsName() {
        // given
        JsonNode created = put("etl", 2).json();

        // when
        JsonNode limit = server.get(PrefectServer.LIMITS + "/tag:etl").json();

        // then
        assertThat(limit.path("id")).isEqualTo(created.path("id"));
        assertThat(limit.path("limit").asLong()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"concurrency_limit": 1} | missing ["body","tag"] Field required
            {"tag": "a"} | missing ["body","concurrency_limit"] Field required
            {"tag": 1, "concurrency_limit": 1} | string_type ["body","tag"] Input should be a valid string
            {"tag": "a/b", "concurrency_limit": 1} | string_pattern_mismatch ["body","tag"] String should match pattern '^[^/%&><]+$'
            {"tag": "a", "concurrency_limit": -1} | greater_than_equal ["body","concurrency_limit"] Input should be greater than or equal to 0
            {"tag": "a", "concurrency_limit": 1, "x": 1} | extra_forbidden ["body","x"] Extra inputs are not permitted
            """)
    void mistakesAreReported(String body, String mistake) {
        // when
        Reply reply = server.post(TAGS + "/", body);

        // then
        assertThat(reply.firstMistake()).isEqualTo("422 " + mistake);
    }

    @Test
    void aLimitIsReadByIdAndByTag() {
        // given
        String id = put("etl", 2).json().path("id").asText();

        // when
        Reply byId = server.get(TAGS + "/" + id);
        Reply byTag = server.get(TAGS + "/tag/etl");

        // then
        assertThat(byId.json().path("tag").asText()).isEqualTo("etl");
        assertThat(byTag.json()).isEqualTo(byId.json());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /tag/none, Concurrency limit not found",
        "GET, /5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10, Concurrency limit not found",
        "GET, /none, Not Found",
        "DELETE, /tag/none, Concurrency limit not found",
        "DELETE, /5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10, Concurrency limit not found",
        "POST, /tag/none/reset, Concurrency limit not found"
    })
    void whatIsNotThereIsNotFound(String method, String path, String detail) {
        // when
        Reply reply = server.send(method, TAGS + path, null);

        // then
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.detail()).isEqualTo(detail);
    }

    @Test
    void aLimitThatIsNoTagsIsNotFoundByItsId() {
        // given
        String id = server.create("database", "\"limit\": 1").json().path("id").asText();

        // when
        Reply reply = server.get(TAGS + "/" + id);

        // then
        assertThat(reply.status()).isEqualTo(404);
    }

    @Test
    void filterListsTheLimitsOfTagsOnly() {
        // given
        server.create("database", "\"limit\": 1");
        put("b", 1);
        put("a", 1);

        // when
        JsonNode all = server.post(TAGS + "/filter", "{\"offset\": 0}").json();
        JsonNode second =
                server.post(TAGS + "/filter", "{\"offset\": 1, \"limit\": 1}").json();
        Reply tooMany = server.post(TAGS + "/filter", "{\"limit\": 201}");

        // then
        assertThat(all.findValuesAsText("tag")).containsExactly("a", "b");
        assertThat(second.findValuesAsText("tag")).containsExactly("b");
        assertThat(tooMany.detail()).isEqualTo("Invalid limit: must be less than or equal to 200.");
    }

    @Test
    void aTaskRunTakesASlotOfEachTagAndGivesItBack() {
        // given
        put("a", 1);
        put("b", 1);

        // when
        Reply taken = increment(ONE, "a", "b", "none");
        JsonNode held = server.get(TAGS + "/tag/a").json().path("active_slots");
        Reply given = decrement(ONE, "a", "b", "none");

        // then
        assertThat(taken.json().findValuesAsText("name")).containsExactly("a", "b");
        assertThat(held.toString()).isEqualTo("[\"" + ONE + "\"]");
        assertThat(given.json().findValuesAsText("name")).containsExactly("tag:a", "tag:b");
        assertThat(server.activeSlots("tag:a")).isZero();
        assertThat(server.activeSlots("tag:b")).isZero();
    }

    @Test
    void aTaskRunThatAsksAgainTakesNothingTwice() {
        // given
        put("a", 2);
        increment(ONE, "a");

        // when
        Reply again = increment(ONE, "a");

        // then
        assertThat(again.status()).isEqualTo(200);
        assertThat(server.activeSlots("tag:a")).isEqualTo(1);
    }

    @Test
    void aTaskRunGivesBackNothingOfOthers() {
        // given
        put("a", 2);
        increment(ONE, "a");

        // when
        decrement(TWO, "a");

        // then
        assertThat(server.activeSlots("tag:a")).isEqualTo(1);
    }

    @Test
    void whatIsReachedIsLockedForTenSeconds() {
        // given
        put("a", 1);
        increment(ONE, "a");

        // when
        Reply reply = increment(TWO, "a");

        // then
        assertThat(reply.status()).isEqualTo(423);
        assertThat(reply.detail()).isEqualTo("Concurrency limit for the a tag has been reached");
        assertThat(reply.header("Retry-After")).isEqualTo("10.0");
    }

    @Test
    void aLimitOfZeroIsNotWorthWaitingFor() {
        // given
        put("a", 0);

        // when
        Reply reply = increment(TWO, "a");

        // then
        assertThat(reply.status()).isEqualTo(423);
        assertThat(reply.detail())
                .isEqualTo("The concurrency limit on tag \"a\" is 0 and will deadlock if the task tries to run again.");
        assertThat(reply.header("Retry-After")).isNull();
    }

    @Test
    void inactiveLimitsAreNotOccupied() {
        // given
        put("a", 1);
        server.patch(PrefectServer.LIMITS + "/tag:a", "{\"active\": false}");

        // when
        Reply reply = increment(ONE, "a");

        // then
        assertThat(reply.text()).isEqualTo("[]");
        assertThat(server.activeSlots("tag:a")).isZero();
    }

    @Test
    void slotsAreHeldForAMonth() {
        // given
        put("a", 1);
        increment(ONE, "a");

        // when
        server.advance(Duration.ofDays(30).minusMillis(1));

        // then
        assertThat(server.activeSlots("tag:a")).isEqualTo(1);
        server.advance(Duration.ofMillis(1));
        assertThat(server.activeSlots("tag:a")).isZero();
    }

    @Test
    void resetFreesAllSlots() {
        // given
        put("a", 3);
        increment(ONE, "a");
        server.increment(1, "tag:a");

        // when
        Reply reply = server.post(TAGS + "/tag/a/reset", null);

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("null");
        assertThat(server.activeSlots("tag:a")).isZero();
    }

    @Test
    void resetGivesTheSlotsToWhomItSays() {
        // given
        put("a", 2);
        increment(ONE, "a");

        // when
        server.post(TAGS + "/tag/a/reset", "{\"slot_override\": [\"" + TWO + "\"]}");
        Reply invalid = server.post(TAGS + "/tag/a/reset", "{\"slot_override\": [1]}");

        // then
        assertThat(server.get(TAGS + "/tag/a").json().path("active_slots").toString())
                .isEqualTo("[\"" + TWO + "\"]");
        assertThat(invalid.firstMistake())
                .isEqualTo("422 uuid_type [\"body\",\"slot_override\",0] UUID input should be a string, bytes or UUID"
                        + " object");
    }

    @Test
    void deleteAnswersNothing() {
        // given
        String id = put("a", 1).json().path("id").asText();
        put("b", 1);

        // when
        Reply byId = server.delete(TAGS + "/" + id);
        Reply byTag = server.delete(TAGS + "/tag/b");

        // then
        assertThat(byId.status()).isEqualTo(200);
        assertThat(byId.text()).isEqualTo("null");
        assertThat(byTag.status()).isEqualTo(200);
        assertThat(server.post(TAGS + "/filter", null).json()).isEmpty();
    }

    private Reply put(String tag, int limit) {
        return server.post(TAGS + "/", "{\"tag\": \"" + tag + "\", \"concurrency_limit\": " + limit + "}");
    }

    private Reply increment(UUID taskRun, String... tags) {
        return server.post(TAGS + "/increment", body(taskRun, tags));
    }

    private Reply decrement(UUID taskRun, String... tags) {
        return server.post(TAGS + "/decrement", body(taskRun, tags));
    }

    private static String body(UUID taskRun, String... tags) {
        return "{\"names\": [\"" + String.join("\", \"", tags) + "\"], \"task_run_id\": \"" + taskRun + "\"}";
    }
}
