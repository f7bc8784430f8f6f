package io.limitledger.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.reply.Refused;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a command and what is not; and that whoever sent what is not, learns why. */
@Timeout(10)
class CommandJsonTest {
    private static final String LEASE_ID = "3f2b8c1e-9a4d-4e6f-8b7a-1c2d5e6f7a8b";
    private static final String NOT_AN_OBJECT = "JSON object in UTF-8, but the record does not start with '{'";

    static Stream<Arguments> badJson() {
        return Stream.of(
                arguments("html", "<html>Bad gateway</html>", NOT_AN_OBJECT),
                arguments("blank", " \n ", NOT_AN_OBJECT),
                arguments("null", "null", NOT_AN_OBJECT),
                arguments("a number", "5", NOT_AN_OBJECT),
                arguments("a string", "\"Tick\"", NOT_AN_OBJECT),
                arguments("an array", "[]", NOT_AN_OBJECT),
                arguments("a command in an array", "[\"Tick\",{\"limit\":\"a\"}]", NOT_AN_OBJECT),
                arguments("byte order mark", "\uFEFF{\"type\":\"Tick\",\"limit\":\"a\"}", NOT_AN_OBJECT),
                arguments("a comment", "/* */{\"type\":\"Tick\",\"limit\":\"a\"}", NOT_AN_OBJECT),
                arguments("single quotes", "{'type':'Tick'}", "expecting double-quote"),
                arguments("cut off", "{\"type\":\"Tick\",", "Unexpected end-of-input"),
                arguments("deep arrays", "{\"x\":" + "[".repeat(100_000), "nesting depth (1001) exceeds"),
                arguments("deep objects", "{\"x\":".repeat(100_000), "nesting depth (1001) exceeds"),
                arguments("a long number", tick("\"x\":" + "9".repeat(5_000)), "length (5000) exceeds"),
                arguments("a long key", "{\"" + "x".repeat(60_000) + "\":1}", "length (60000) exceeds"),
                arguments("more behind", tick("\"limit\":\"a\"") + " x", "Unrecognized token 'x'"),
                arguments("twice", tick("\"limit\":\"a\"") + "{}", "one JSON object, but something follows"),
                arguments("a null byte behind", tick("\"limit\":\"a\"") + "\0", "code 0"));
    }

    static Stream<Arguments> badTypes() {
        return Stream.of(
                arguments("no type", "{\"limit\":\"a\"}", "\"type\" to be one of AcquireLease, "),
                arguments("empty", "{}", "but got none"),
                arguments("null type", "{\"type\":null}", "but got none"),
                arguments("type twice", "{\"type\":\"Tick\",\"type\":\"Tick\"}", "Duplicate field 'type'"),
                arguments("numeric type", "{\"type\":7}", "but got '7'"),
                arguments("unknown type", "{\"type\":\"Tock\",\"limit\":\"a\"}", "UpdateLimit, but got 'Tock'"),
                arguments("lower case", "{\"type\":\"tick\",\"limit\":\"a\"}", "but got 'tick'"),
                arguments("a class", "{\"type\":\"io.limitledger.core.command.Tick\"}", "but got 'io.limitledger.core"),
                arguments("an event", "{\"type\":\"LeaseGranted\",\"limit\":\"a\"}", "but got 'LeaseGranted'"));
    }

    static Stream<Arguments> badFields() {
        return Stream.of(
                arguments("unknown", tick("\"limit\":\"a\",\"x\":1"), "fields [limit], but got 'x', which is unknown"),
                arguments("twice", tick("\"limit\":\"a\",\"limit\":\"a\""), "Duplicate field 'limit'"),
                arguments(
                        "a number as name", tick("\"limit\":5"), "field 'limit', but Cannot coerce Integer value (5)"),
                arguments("an array as name", tick("\"limit\":[\"a\"]"), "'limit', but Cannot deserialize"),
                arguments("slots missing", acquire("\"leaseSeconds\":1"), "valid field 'slots', but it is missing"),
                arguments("slots null", acquire("\"slots\":null,\"leaseSeconds\":1"), "'slots', but Invalid `null`"),
                arguments(
                        "slots as text", acquire("\"slots\":\"1\""), "'slots', but Cannot coerce String value (\"1\")"),
                arguments("slots as boolean", acquire("\"slots\":true"), "'slots', but Cannot deserialize"),
                arguments(
                        "slots 1.0", acquire("\"slots\":1.0"), "'slots', but Cannot coerce Floating-point value (1.0)"),
                arguments("slots 1e400", acquire("\"slots\":1e400"), "'slots', but Cannot coerce Floating-point"),
                arguments(
                        "slots huge", acquire("\"slots\":99999999999999999999"), "(99999999999999999999) out of range"),
                arguments("NaN", acquire("\"slots\":NaN"), "Non-standard token 'NaN'"),
                arguments(
                        "Infinity", acquire("\"slots\":1,\"leaseSeconds\":Infinity"), "Non-standard token 'Infinity'"),
                arguments("leading zeros", acquire("\"slots\":007"), "Leading zeroes not allowed"),
                arguments("lease missing", acquire("\"slots\":1"), "field 'leaseSeconds', but it is missing"),
                arguments(
                        "lease null",
                        acquire("\"slots\":1,\"leaseSeconds\":null"),
                        "'leaseSeconds', but Invalid `null`"),
                arguments("lease text", lease("\"60\""), "'leaseSeconds': Expected a number of seconds, but got 60"),
                arguments("lease object", lease("{}"), "'leaseSeconds': Expected a number of seconds, but got {"),
                arguments("lease 1e99999999999", lease("1e99999999999"), "Too many nonzero exponent digits"),
                arguments(
                        "holder number",
                        lease("1,\"holder\":5"),
                        "'holder': Expected an object or a string, but got 5"),
                arguments(
                        "holder array",
                        lease("1,\"holder\":[]"),
                        "'holder': Expected an object or a string, but got ["),
                arguments("holder twice", lease("1,\"holder\":{\"a\":1,\"a\":2}"), "'holder', but Duplicate field 'a'"),
                arguments(
                        "holder deep",
                        lease("1,\"holder\":{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"),
                        "'holder': Expected at most 32 levels of objects and arrays"),
                arguments("holder torn", lease("1,\"holder\":\"x\\ud83d\""), "'holder': Expected whole characters"),
                arguments("sibling null", lease("1,\"siblings\":[null]"), "'siblings.[]', but Invalid `null`"),
                arguments("sibling number", lease("1,\"siblings\":[5]"), "'siblings.[]', but Cannot coerce Integer"),
                arguments("siblings text", lease("1,\"siblings\":\"a\""), "'siblings', but Cannot construct"),
                arguments("id short", "{\"type\":\"ReleaseLease\",\"leaseId\":\"1-1-1-1-1\"}", "'leaseId', but Cannot"),
                arguments("id number", "{\"type\":\"ReleaseLease\",\"leaseId\":5}", "'leaseId', but Cannot"),
                arguments(
                        "decay missing",
                        put("\"limit\":1,\"active\":true"),
                        "definition.slotDecayPerSecond', but it is"),
                arguments(
                        "active text", put("\"limit\":1,\"slotDecayPerSecond\":0,\"active\":\"true\""), "active', but"),
                arguments("active 1", put("\"limit\":1,\"slotDecayPerSecond\":0,\"active\":1"), "active', but Cannot"),
                arguments(
                        "change as text",
                        "{\"type\":\"UpdateLimit\",\"limit\":\"a\",\"change\":\"\"}",
                        "'change', but"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"badJson", "badTypes", "badFields"})
    void shouldSayWhyItIsNoCommand(String what, String value, String reason) {
        // when
        UnreadableRecordException refusal = refusal(value.getBytes(UTF_8));

        // then
        assertThat(refusal).hasMessageStartingWith(refusal.getMessage().startsWith("Field") ? "Field '" : "Expected ");
        assertThat(refusal).hasMessageContaining(reason);
        assertThat(refusal.reason()).doesNotContain("`StreamRead", "CoercionConfig", "REDACTED", "\n");
    }

    @ParameterizedTest
    @NullAndEmptySource
    void shouldRefuseARecordWithoutAValue(byte[] value) {
        assertThatThrownBy(() -> CommandJson.read(value))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("Expected a command in JSON, but the record has no value");
    }

    @Test
    void shouldRefuseWhatIsNotUtf8() {
        // given
        String command = "{\"type\":\"Tick\",\"limit\":\"\u00fc\"}";
        byte[] surrogateInThreeBytes =
                tick("\"limit\":\"???\"").replace("???", "\u00ed\u00a0\u0080").getBytes(ISO_8859_1);

        // then
        assertThat(refusal(command.getBytes(ISO_8859_1))).hasMessageContaining("Invalid UTF-8 start byte 0xfc");
        assertThat(refusal(surrogateInThreeBytes)).hasMessageContaining("Illegal surrogate character");
        assertThat(refusal(command.getBytes(UTF_16))).hasMessageContaining(NOT_AN_OBJECT);
        assertThat(refusal(command.getBytes(UTF_16LE))).hasMessageContaining(NOT_AN_OBJECT);
    }

    @Test
    void shouldKeepTheReasonShortAndWhole() throws Exception {
        for (String shift : List.of("", "x")) {
            // given
            String type = shift + "\ud83d\uddc4".repeat(100_000);

            // when
            String reason =
                    refusal(("{\"type\":\"" + type + "\"}").getBytes(UTF_8)).reason();

            // then
            Refused reply = new Refused(Refused.Reason.UNREADABLE_COMMAND, reason, List.of());
            assertThat(reason).hasSizeBetween(999, 1_003);
            assertThat(new String(reason.getBytes(UTF_8), UTF_8)).isEqualTo(reason);
            assertThat(ReplyJson.read(ReplyJson.write(reply))).isEqualTo(reply);
        }
    }

    @Test
    void shouldTakeDefaultsForWhatMayBeLeftOut() throws Exception {
        // given
        UUID id = UUID.fromString(LEASE_ID);

        // when
        LimitCommand acquire = read(lease("60"));
        LimitCommand put = read(put("\"limit\":1,\"slotDecayPerSecond\":0,\"active\":true"));
        LimitCommand returned = read("{\"type\":\"ReturnSlots\",\"limit\":\"a\",\"slots\":2}");
        LimitCommand update = read("{\"type\":\"UpdateLimit\",\"limit\":\"a\"}");

        // then
        assertThat(acquire).isEqualTo(new AcquireLease("a", id, 1, 60_000, 0, null, List.of()));
        assertThat(((PutLimit) put).mustBeNew()).isFalse();
        assertThat(returned).isEqualTo(new ReturnSlots("a", 2, 0));
        assertThat(((UpdateLimit) update).change().limit()).isNull();
    }

    @Test
    void shouldTakeNullForWhatMayBeLeftOut() throws Exception {
        // when
        LimitCommand acquire = read(lease("60,\"waitSeconds\":null,\"holder\":null,\"siblings\":null"));

        // then
        assertThat(acquire).isEqualTo(read(lease("60")));
    }

    @Test
    void shouldTakeFieldsInAnyOrder() throws Exception {
        assertThat(read("{ \"leaseId\" : \"" + LEASE_ID + "\",\n\t\"type\":\"ReleaseLease\" }"))
                .isEqualTo(new ReleaseLease(null, UUID.fromString(LEASE_ID)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e999999999", "-1e999999999", "2592000.001", "0.999", "-0.001"})
    void shouldLeaveAbsurdDurationsToTheBounds(String seconds) throws Exception {
        assertThat(read(lease(seconds)).invalidFields()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-100000000", "1e-2147483647", "0e-999999999", "-1e-999999999", "0e999999999"})
    void shouldReadNumbersNextToNothingInNoTime(String seconds) throws Exception {
        assertThat(((AcquireLease) read(lease(seconds))).leaseMillis()).isZero();
    }

    @Test
    void shouldLeaveAbsurdDecayToTheBounds() throws Exception {
        assertThat(read(put("\"limit\":1,\"slotDecayPerSecond\":1e400,\"active\":true"))
                        .invalidFields())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"worker \ud83d\uddc4 \\u0000\"",
                "{}",
                "{\"\":{\"a\":[1,-0.0,1e400,1E2,123456789012345678901234567890,0.1,null,true,\"\\\"\"]}}"
            })
    void shouldKeepAHolderAsItWasFirstRead(String holder) throws Exception {
        // given
        LimitCommand command = read(lease("60,\"holder\":" + holder));

        // when
        LimitCommand again = CommandJson.read(CommandJson.write(command));

        // then
        assertThat(again).isEqualTo(command);
    }

    @Test
    void shouldKeepTheIdOfZeros() throws Exception {
        // given
        LimitCommand command = new ReleaseLease(null, new UUID(0, 0));

        // when
        LimitCommand again = CommandJson.read(CommandJson.write(command));

        // then
        assertThat(again).isEqualTo(command);
    }

    private static LimitCommand read(String json) throws UnreadableRecordException {
        return CommandJson.read(json.getBytes(UTF_8));
    }

    private static UnreadableRecordException refusal(byte[] value) {
        return catchThrowableOfType(UnreadableRecordException.class, () -> CommandJson.read(value));
    }

    private static String tick(String fields) {
        return "{\"type\":\"Tick\"," + fields + "}";
    }

    private static String acquire(String fields) {
        return "{\"type\":\"AcquireLease\",\"limit\":\"a\",\"leaseId\":\"" + LEASE_ID + "\"," + fields + "}";
    }

    private static String lease(String secondsAndMore) {
        return acquire("\"slots\":1,\"leaseSeconds\":" + secondsAndMore);
    }

    private static String put(String definition) {
        return "{\"type\":\"PutLimit\",\"limit\":\"a\",\"definition\":{" + definition + "}}";
    }

    /** Also where they make no difference: to an older version they were unknown, and its decisions do not change. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"AcquireLease\",\"limit\":\"a\",\"leaseId\":\"00000000-0000-0001-0000-000000000002\",\"slots\":1,"
                        + "\"leaseSeconds\":1,\"priority\":0}",
                "{\"type\":\"AcquireLease\",\"limit\":\"a\",\"leaseId\":\"00000000-0000-0001-0000-000000000002\",\"slots\":1,"
                        + "\"leaseSeconds\":1,\"key\":null}",
                "{\"type\":\"PutLimit\",\"limit\":\"a\",\"definition\":{\"limit\":1,\"slotDecayPerSecond\":0,\"active\":true,"
                        + "\"quotas\":[]}}",
                "{\"type\":\"PutLimit\",\"limit\":\"a\",\"definition\":{\"limit\":1,\"slotDecayPerSecond\":0,\"active\":true,"
                        + "\"order\":\"fifo\"}}",
                "{\"type\":\"UpdateLimit\",\"limit\":\"a\",\"change\":{\"maxWaiting\":null}}",
                "{\"type\":\"ReleaseLease\",\"leaseId\":\"00000000-0000-0001-0000-000000000002\",\"used\":null}"
            })
    void shouldBeNoCommandToRulesThatDoNotKnowItsFields(String json) throws Exception {
        // given
        byte[] value = json.getBytes(UTF_8);

        // then
        assertThatThrownBy(() -> CommandJson.read(value, 2)).isInstanceOf(UnreadableRecordException.class);
        assertThat(CommandJson.read(value, 3).since()).isEqualTo(1);
    }

    @Test
    void shouldKeepItsMeaningUnderOlderRulesWhateverItsHolderSays() throws Exception {
        // given
        String json =
                "{\"type\":\"RenewLease\",\"leaseId\":\"00000000-0000-0001-0000-000000000002\",\"leaseSeconds\":1,"
                        + "\"holder\":{\"key\":1,\"priority\":2}}";

        // when
        LimitCommand command = CommandJson.read(json.getBytes(UTF_8), 1);

        // then
        assertThat(command).isInstanceOf(RenewLease.class);
    }
}
