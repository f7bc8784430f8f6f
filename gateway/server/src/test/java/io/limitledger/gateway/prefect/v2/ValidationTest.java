package io.limitledger.gateway.prefect.v2;

import static io.limitledger.gateway.prefect.PrefectServer.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.prefect.PrefectServer;
import io.limitledger.gateway.prefect.PrefectServer.Reply;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors for bodies with mistakes: the tables of errors in the contract. */
@Tag("broker")
class ValidationTest {
    private static final String RENEW = LIMITS + "/leases/" + UUID.randomUUID() + "/renew";

    @RegisterExtension
    final PrefectServer server = new PrefectServer();

    @Test
    void reportsTheFirstMistakesOfMany() {
        // given
        String numbers = IntStream.range(0, 20_000).mapToObj(Integer::toString).collect(Collectors.joining(","));

        // when
        Reply reply = server.post(
                LIMITS + "/increment", "{\"names\": [" + numbers.substring(0, 40_000) + "1], \"slots\": 1}");

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("exception_detail").size()).isEqualTo(20);
    }

    /** The first mistake in a body of create; the command line of the reference prints it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"limit": 1} | missing ["body","name"] Field required
            {"name": "a"} | missing ["body","limit"] Field required
            {"name": null, "limit": 1} | string_type ["body","name"] Input should be a valid string
            {"name": 7, "limit": 1} | string_type ["body","name"] Input should be a valid string
            {"name": "", "limit": 1} | string_pattern_mismatch ["body","name"] String should match pattern '^[^/%&><]+$'
            {"name": "a/b", "limit": 1} | string_pattern_mismatch ["body","name"] String should match pattern '^[^/%&><]+$'
            {"name": "50%", "limit": 1} | string_pattern_mismatch ["body","name"] String should match pattern '^[^/%&><]+$'
            {"name": "a\\u0000b", "limit": 1} | value_error ["body","name"] Value error, expected no control characters
            {"name": "a\\nb", "limit": 1} | value_error ["body","name"] Value error, expected no control characters
            {"name": "\\ud800", "limit": 1} | string_unicode ["body","name"] Input should be a valid string, unable to parse raw data as a unicode string
            {"name": "a", "limit": -1} | greater_than_equal ["body","limit"] Input should be greater than or equal to 0
            {"name": "a", "limit": 1.5} | int_from_float ["body","limit"] Input should be a valid integer, got a number with a fractional part
            {"name": "a", "limit": "seven"} | int_parsing ["body","limit"] Input should be a valid integer, unable to parse string as an integer
            {"name": "a", "limit": null} | int_type ["body","limit"] Input should be a valid integer
            {"name": "a", "limit": [1]} | int_type ["body","limit"] Input should be a valid integer
            {"name": "a", "limit": 1e30} | int_parsing_size ["body","limit"] Unable to parse input string as an integer, exceeded maximum size
            {"name": "a", "limit": NaN} | finite_number ["body","limit"] Input should be a finite number
            {"name": "a", "limit": Infinity} | finite_number ["body","limit"] Input should be a finite number
            {"name": "a", "limit": 2147483648} | less_than_equal ["body","limit"] Input should be less than or equal to 2147483647
            {"name": "a", "limit": 9999999999999999999999} | less_than_equal ["body","limit"] Input should be less than or equal to 2147483647
            {"name": "a", "limit": 1, "active": null} | bool_type ["body","active"] Input should be a valid boolean
            {"name": "a", "limit": 1, "active": 2} | bool_parsing ["body","active"] Input should be a valid boolean, unable to interpret input
            {"name": "a", "limit": 1, "active": "maybe"} | bool_parsing ["body","active"] Input should be a valid boolean, unable to interpret input
            {"name": "a", "limit": 1, "active": 0.5} | bool_type ["body","active"] Input should be a valid boolean
            {"name": "a", "limit": 1, "active_slots": -1} | greater_than_equal ["body","active_slots"] Input should be greater than or equal to 0
            {"name": "a", "limit": 1, "denied_slots": -1} | greater_than_equal ["body","denied_slots"] Input should be greater than or equal to 0
            {"name": "a", "limit": 1, "slot_decay_per_second": -0.5} | greater_than_equal ["body","slot_decay_per_second"] Input should be greater than or equal to 0
            {"name": "a", "limit": 1, "slot_decay_per_second": "fast"} | float_parsing ["body","slot_decay_per_second"] Input should be a valid number, unable to parse string as a number
            {"name": "a", "limit": 1, "slot_decay_per_second": null} | float_type ["body","slot_decay_per_second"] Input should be a valid number
            {"name": "a", "limit": 1, "slot_decay_per_second": 1000001} | less_than_equal ["body","slot_decay_per_second"] Input should be less than or equal to 1000000
            {"name": "a", "limit": 1, "slot_decay_per_second": NaN} | finite_number ["body","slot_decay_per_second"] Input should be a finite number
            {"name": "a", "limit": 1, "slot_decay_per_second": -Infinity} | finite_number ["body","slot_decay_per_second"] Input should be a finite number
            {"name": ".", "limit": 1} | value_error ["body","name"] Value error, expected another name, because most clients take this one for a step in a path
            {"name": "..", "limit": 1} | value_error ["body","name"] Value error, expected another name, because most clients take this one for a step in a path
            {"name": "a", "limit": 1, "slot_decay_per_second": 1e-400} | greater_than_equal ["body","slot_decay_per_second"] Input should be greater than or equal to 0.000000001
            {"name": "a", "limit": 1, "slot_decay_per_second": 1e400} | finite_number ["body","slot_decay_per_second"] Input should be a finite number
            {"name": "a", "limit": 1, "id": "x"} | extra_forbidden ["body","id"] Extra inputs are not permitted
            {"name": "a", "limit": 1, "created": "x"} | extra_forbidden ["body","created"] Extra inputs are not permitted
            {"name": "a", "limit": 1, "avg_slot_occupancy_seconds": 1} | extra_forbidden ["body","avg_slot_occupancy_seconds"] Extra inputs are not permitted
            [1] | model_attributes_type ["body"] Input should be a valid dictionary or object to extract fields from
            "text" | model_attributes_type ["body"] Input should be a valid dictionary or object to extract fields from
            null | missing ["body"] Field required
            {"name": "a" | json_invalid ["body",12] JSON decode error
            """)
    void createSaysWhatIsWrong(String body, String mistake) {
        // when
        Reply reply = server.post(LIMITS + "/", body);

        // then
        assertThat(reply.firstMistake()).isEqualTo("422 " + mistake);
        assertThat(reply.json().path("exception_message").asText()).isEqualTo("Invalid request received.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"limit": -1} | greater_than_equal ["body","limit"] Input should be greater than or equal to 0
            {"name": "a&b"} | string_pattern_mismatch ["body","name"] String should match pattern '^[^/%&><]+$'
            {"slot_decay_per_second": NaN} | finite_number ["body","slot_decay_per_second"] Input should be a finite number
            {"colour": "red"} | extra_forbidden ["body","colour"] Extra inputs are not permitted
            [] | model_attributes_type ["body"] Input should be a valid dictionary or object to extract fields from
            """)
    void patchSaysWhatIsWrongBeforeItLooksForTheLimit(String body, String mistake) {
        // when
        Reply reply = server.patch(LIMITS + "/nowhere", body);

        // then
        assertThat(reply.firstMistake()).isEqualTo("422 " + mistake);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"names": ["a"]} | missing ["body","slots"] Field required
            {"slots": null, "names": ["a"]} | missing ["body","slots"] Field required
            {"slots": 0, "names": ["a"]} | greater_than ["body","slots"] Input should be greater than 0
            {"slots": "x", "names": ["a"]} | int_parsing ["body","slots"] Input should be a valid integer, unable to parse string as an integer
            {"slots": 99999999999999999999, "names": []} | less_than_equal ["body","slots"] Input should be less than or equal to 2147483647
            {"slots": 1} | missing ["body","names"] Field required
            {"slots": 1, "names": "a"} | list_type ["body","names"] Input should be a valid list
            {"slots": 1, "names": {"a": 1}} | list_type ["body","names"] Input should be a valid list
            {"slots": 1, "names": ["a", 7]} | string_type ["body","names",1] Input should be a valid string
            {"slots": 1, "names": [], "mode": "turbo"} | literal_error ["body","mode"] Input should be 'concurrency' or 'rate_limit'
            {"slots": 1, "names": [], "lease_duration": 59.9} | greater_than_equal ["body","lease_duration"] Input should be greater than or equal to 60
            {"slots": 1, "names": [], "lease_duration": 86401} | less_than_equal ["body","lease_duration"] Input should be less than or equal to 86400
            {"slots": 1, "names": [], "lease_duration": NaN} | finite_number ["body","lease_duration"] Input should be a finite number
            {"slots": 1, "names": [], "holder": "me"} | model_attributes_type ["body","holder"] Input should be a valid dictionary or object to extract fields from
            {"slots": 1, "names": [], "holder": {}} | missing ["body","holder","type"] Field required
            {"slots": 1, "names": [], "holder": {"type": "robot", "id": "5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10"}} | literal_error ["body","holder","type"] Input should be 'flow_run', 'task_run' or 'deployment'
            {"slots": 1, "names": [], "holder": {"type": "flow_run", "id": 1}} | uuid_type ["body","holder","id"] UUID input should be a string, bytes or UUID object
            {"slots": 1, "names": [], "holder": {"type": "flow_run", "id": "5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10", "x": 1}} | extra_forbidden ["body","holder","x"] Extra inputs are not permitted
            [1] | missing ["body","slots"] Field required
            """)
    void acquireSaysWhatIsWrong(String body, String mistake) {
        // when
        Reply reply = server.post(LIMITS + "/increment-with-lease", body);

        // then
        assertThat(reply.firstMistake()).isEqualTo("422 " + mistake);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            increment | {"slots": 1, "names": [], "lease_duration": 1, "mode": "turbo"} | literal_error ["body","mode"] Input should be 'concurrency' or 'rate_limit'
            increment | {"slots": 18446744073709551616, "names": []} | less_than_equal ["body","slots"] Input should be less than or equal to 2147483647
            decrement | {"names": []} | missing ["body","slots"] Field required
            decrement | {"slots": 0, "names": []} | greater_than ["body","slots"] Input should be greater than 0
            decrement | {"slots": 1} | missing ["body","names"] Field required
            decrement | {"slots": 1, "names": [], "occupancy_seconds": Infinity} | finite_number ["body","occupancy_seconds"] Input should be a finite number
            decrement | {"slots": 1, "names": [], "occupancy_seconds": 0} | greater_than ["body","occupancy_seconds"] Input should be greater than 0
            decrement | {"slots": 1, "names": [], "occupancy_seconds": NaN} | finite_number ["body","occupancy_seconds"] Input should be a finite number
            decrement | {"slots": 1, "names": [], "create_if_missing": "x"} | bool_parsing ["body","create_if_missing"] Input should be a valid boolean, unable to interpret input
            decrement-with-lease | {} | missing ["body","lease_id"] Field required
            decrement-with-lease | {"lease_id": 1} | uuid_type ["body","lease_id"] UUID input should be a string, bytes or UUID object
            leases/5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10/renew | {"lease_duration": 59.9} | greater_than_equal ["body","lease_duration"] Input should be greater than or equal to 60
            leases/abc/renew | {} | uuid_parsing ["path","lease_id"] Input should be a valid UUID, invalid length: expected length 32 for simple format, found 3
            leases/xyz/renew | {} | uuid_parsing ["path","lease_id"] Input should be a valid UUID, invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found `x` at 1
            filter | {"offset": -1} | greater_than_equal ["body","offset"] Input should be greater than or equal to 0
            filter | {"limit": "many"} | int_parsing ["body","limit"] Input should be a valid integer, unable to parse string as an integer
            filter | {"offset": 99999999999999999999} | less_than_equal ["body","offset"] Input should be less than or equal to 9223372036854775807
            """)
    void otherRoutesSayWhatIsWrong(String route, String body, String mistake) {
        // when
        Reply reply = server.post(LIMITS + "/" + route, body);

        // then
        assertThat(reply.firstMistake()).isEqualTo("422 " + mistake);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"limit": -1} | Invalid limit: must be greater than or equal to 0.
            {"limit": 201} | Invalid limit: must be less than or equal to 200.
            {"limit": 201, "offset": -1} | Invalid limit: must be less than or equal to 200.
            """)
    void filterReportsItsBoundsInTheOtherShape(String body, String detail) {
        // when
        Reply reply = server.post(LIMITS + "/filter", body);

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.detail()).isEqualTo(detail);
    }

    @Test
    void mistakesComeInTheOrderOfTheFieldsAndUnknownKeysLast() {
        // when
        Reply reply = server.post(
                LIMITS + "/",
                "{\"zebra\": 1, \"slot_decay_per_second\": -1, \"denied_slots\": -1, \"active_slots\": -1,"
                        + " \"limit\": -1, \"name\": \"\", \"active\": 7}");

        // then
        assertThat(reply.json().path("exception_detail").findValuesAsText("type"))
                .containsExactly(
                        "bool_parsing",
                        "string_pattern_mismatch",
                        "greater_than_equal",
                        "greater_than_equal",
                        "greater_than_equal",
                        "greater_than_equal",
                        "extra_forbidden");
        assertThat(reply.json().path("exception_detail").findValues("loc").toString())
                .isEqualTo("[[\"body\",\"active\"], [\"body\",\"name\"], [\"body\",\"limit\"],"
                        + " [\"body\",\"active_slots\"], [\"body\",\"denied_slots\"],"
                        + " [\"body\",\"slot_decay_per_second\"], [\"body\",\"zebra\"]]");
    }

    @Test
    void aNameThatIsTooLongIsReported() {
        // when
        Reply longest = server.post(LIMITS + "/", "{\"name\": \"" + "n".repeat(255) + "\", \"limit\": 1}");
        Reply longer = server.post(LIMITS + "/", "{\"name\": \"" + "n".repeat(256) + "\", \"limit\": 1}");

        // then
        assertThat(longest.status()).isEqualTo(201);
        assertThat(longer.firstMistake())
                .isEqualTo("422 string_too_long [\"body\",\"name\"] String should have at most 255 characters");
    }

    @Test
    void aChangeWithoutABodyIsNone() {
        // when
        Reply reply = server.patch(LIMITS + "/nowhere", null);

        // then
        assertThat(reply.firstMistake()).isEqualTo("422 missing [\"body\"] Field required");
        assertThat(reply.json().path("request_body").isNull()).isTrue();
    }

    @Test
    void brokenJsonComesBackAsText() {
        // when
        Reply reply = server.post(LIMITS + "/", "{\"name\": nope}");

        // then
        assertThat(reply.text())
                .isEqualTo("{\"exception_message\":\"Invalid request received.\",\"exception_detail\":["
                        + "{\"type\":\"json_invalid\",\"loc\":[\"body\",9],\"msg\":\"JSON decode error\",\"input\":{},"
                        + "\"ctx\":{\"error\":\"Expecting value\"}}],\"request_body\":\"{\\\"name\\\": nope}\"}");
    }

    @Test
    void mistakesOfADecrementComeInTheOrderOfTheFields() {
        // when
        Reply reply = server.post(
                LIMITS + "/decrement",
                "{\"create_if_missing\": 7, \"occupancy_seconds\": 0, \"names\": 1, \"slots\": 0}");

        // then
        assertThat(reply.json().path("exception_detail").findValues("loc").toString())
                .isEqualTo("[[\"body\",\"slots\"], [\"body\",\"names\"], [\"body\",\"occupancy_seconds\"],"
                        + " [\"body\",\"create_if_missing\"]]");
    }

    @Test
    void mistakesOfSlotsComeInTheOrderOfTheFields() {
        // when
        Reply reply = server.post(
                LIMITS + "/increment-with-lease",
                "{\"holder\": 1, \"lease_duration\": 1, \"mode\": 1, \"names\": 1, \"slots\": 0, \"other\": 1}");

        // then
        assertThat(reply.json().path("exception_detail").findValues("loc").toString())
                .isEqualTo("[[\"body\",\"slots\"], [\"body\",\"names\"], [\"body\",\"mode\"],"
                        + " [\"body\",\"lease_duration\"], [\"body\",\"holder\"]]");
    }

    @Test
    void aMistakeCarriesWhatCameAndWhatItsMessageIsMadeOf() {
        // when
        Reply reply = server.post(LIMITS + "/", "{\"name\": \"a/b\", \"limit\": -3, \"slot_decay_per_second\": -1}");

        // then
        assertThat(reply.text())
                .isEqualTo("{\"exception_message\":\"Invalid request received.\",\"exception_detail\":["
                        + "{\"type\":\"string_pattern_mismatch\",\"loc\":[\"body\",\"name\"],\"msg\":\"String should match"
                        + " pattern '^[^/%&><]+$'\",\"input\":\"a/b\",\"ctx\":{\"pattern\":\"^[^/%&><]+$\"}},"
                        + "{\"type\":\"greater_than_equal\",\"loc\":[\"body\",\"limit\"],\"msg\":\"Input should be greater"
                        + " than or equal to 0\",\"input\":-3,\"ctx\":{\"ge\":0}},"
                        + "{\"type\":\"greater_than_equal\",\"loc\":[\"body\",\"slot_decay_per_second\"],\"msg\":\"Input"
                        + " should be greater than or equal to 0\",\"input\":-1,\"ctx\":{\"ge\":0.0}}],"
                        + "\"request_body\":{\"name\":\"a/b\",\"limit\":-3,\"slot_decay_per_second\":-1}}");
    }

    @Test
    void aMissingFieldShowsTheWholeObjectInModelsAndNothingInSlots() {
        // when
        Reply model = server.post(LIMITS + "/", "{\"limit\": 1}");
        Reply slots = server.post(LIMITS + "/increment", "{\"slots\": 1}");

        // then
        assertThat(model.json().path("exception_detail").path(0).path("input").toString())
                .isEqualTo("{\"limit\":1}");
        assertThat(slots.json().path("exception_detail").path(0).path("input").isNull())
                .isTrue();
    }

    @Test
    void anArrayLacksEachFieldOfASlotRoute() {
        // when
        Reply reply = server.post(LIMITS + "/increment", "[1]");

        // then
        assertThat(reply.json().path("exception_detail").findValues("loc").toString())
                .isEqualTo("[[\"body\",\"slots\"], [\"body\",\"names\"], [\"body\",\"mode\"],"
                        + " [\"body\",\"create_if_missing\"]]");
    }

    @Test
    void anArrayLacksTheDurationOfARenewal() {
        // when
        Reply reply = server.post(RENEW, "[1]");

        // then
        assertThat(reply.firstMistake()).isEqualTo("422 missing [\"body\",\"lease_duration\"] Field required");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name": "a", "limit": "7"}
            {"name": "b", "limit": 7.0}
            {"name": "c", "limit": true}
            {"name": "d", "limit": "1_0"}
            {"name": "e", "limit": 1, "active": "off"}
            {"name": "f", "limit": 1, "active": "YES"}
            {"name": "g", "limit": 1, "active": 0}
            {"name": "k", "limit": 1, "active": "t"}
            {"name": "l", "limit": 1, "active": "n"}
            {"name": "m", "limit": 1, "active": "1"}
            {"name": "n", "limit": 1, "active": "True"}
            {"name": "h", "limit": 1, "slot_decay_per_second": "1e-3"}
            {"name": "i", "limit": 1, "slot_decay_per_second": true}
            {"name": "j", "limit": 1, "limit": 2}
            """)
    void scalarsAreTakenLeniently(String body) {
        // when
        Reply reply = server.post(LIMITS + "/", body);

        // then
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }

    @Test
    void uuidsAreTakenInAllTheirSpellings() {
        // given
        String digits = "5f1b9a4e35bf4ac09d7c8ab0fd4d7c10";

        // when
        Reply plain = server.post(LIMITS + "/decrement-with-lease", "{\"lease_id\": \"" + digits + "\"}");
        Reply braced = server.post(
                LIMITS + "/decrement-with-lease", "{\"lease_id\": \"{5F1B9A4E-35bf-4ac0-9d7c-8ab0fd4d7c10}\"}");
        Reply urn = server.post(
                LIMITS + "/decrement-with-lease", "{\"lease_id\": \"urn:uuid:5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10\"}");

        // then
        assertThat(plain.status()).isEqualTo(204);
        assertThat(braced.status()).isEqualTo(204);
        assertThat(urn.status()).isEqualTo(204);
    }
}
