package io.limitledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.wire.Golden.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the contract of the records on Kafka and the records that were ever written together. */
class AsyncApiTest {
    private static final JsonNode CONTRACT = read();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Kind, String> CHANNELS =
            Map.of(Kind.COMMAND, "commands", Kind.EVENT, "events", Kind.REPLY, "replies");

    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static Stream<Golden> records() {
        return Goldens.all().stream().filter(golden -> CHANNELS.containsKey(golden.kind()));
    }

    static Stream<LimitEvent> events() {
        return Goldens.all().stream()
                .filter(golden -> golden.kind() == Kind.EVENT)
                .map(golden -> (LimitEvent) golden.value());
    }

    static Stream<Kind> kinds() {
        return CHANNELS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("records")
    void shouldAllowWhatWasEverWritten(Golden golden) throws Exception {
        // given
        JsonNode payload = message(golden.type()).path("payload");

        // when
        List<String> mistakes = mistakes(payload, JSON.readTree(golden.file()));

        // then
        assertThat(mistakes).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldHaveAMessageForEachTypeAndNoOther(Kind kind) {
        // given
        JsonNode messages = CONTRACT.path("channels").path(CHANNELS.get(kind)).path("messages");

        // when
        List<String> names =
                messages.properties().stream().map(Map.Entry::getKey).toList();

        // then
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        Goldens.typesOf(kind).stream().map(Class::getSimpleName).toList());
        assertThat(messages)
                .allSatisfy(
                        message -> assertThat(resolve(message).path("payload")).isNotEmpty());
    }

    @Test
    void shouldGiveExamplesThatFollowTheirSchemas() {
        // then
        assertThat(CONTRACT.at("/components/messages")).allSatisfy(message -> {
            JsonNode example = message.at("/examples/0/payload");
            assertThat(example).isNotEmpty();
            assertThat(mistakes(message.path("payload"), example)).isEmpty();
        });
        assertThat(CONTRACT.at("/components/schemas"))
                .allSatisfy(schema -> schema.path("examples")
                        .forEach(
                                example -> assertThat(mistakes(schema, example)).isEmpty()));
    }

    @Test
    void shouldNameTheHeadersThatAreReadAndWritten() {
        // then
        assertThat(headers("CommandHeaders"))
                .containsExactlyInAnyOrder(
                        CommandRecord.CORRELATION_ID,
                        CommandRecord.REPLY_TOPIC,
                        CommandRecord.REPLY_PARTITION,
                        CommandRecord.REPLY_KEY,
                        CommandRecord.REPLY_RULES,
                        CommandRecord.BY,
                        LedgerProof.HEADER);
        assertThat(headers("ReplyHeaders"))
                .containsExactlyInAnyOrder(
                        CommandRecord.CORRELATION_ID,
                        ReplyRecord.COMMAND_PARTITION,
                        ReplyRecord.COMMAND_OFFSET,
                        ReplyRecord.EVENTS);
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldDescribeTheHeadersOfEvents(LimitEvent event) {
        // given
        ObjectNode headers = JSON.createObjectNode();

        // when
        Headers written = EventRecord.after(null, event).headers(3, 0);
        written.forEach(header -> headers.put(header.key(), HeaderText.of(written, header.key())));

        // then
        assertThat(mistakes(CONTRACT.at("/components/schemas/EventHeaders"), headers))
                .isEmpty();
        assertThat(headers("EventHeaders")).allMatch(headers::has).hasSize(headers.size());
    }

    @Test
    void shouldReferOnlyToWhatIsThere() {
        // when
        List<String> references = CONTRACT.findValuesAsText("$ref");

        // then
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                CONTRACT.at(reference.substring(1)).isMissingNode())
                        .isFalse());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AcquireLease | {\"type\":\"AcquireLease\",\"limit\":\"a\",\"slots\":1,\"leaseSeconds\":1}",
                "DeleteLimit | {\"type\":\"DeleteLimit\",\"limit\":\"a\",\"force\":true}",
                "Tick | {\"type\":\"Tock\",\"limit\":\"a\"}",
                "Released | {\"type\":\"Released\",\"leaseId\":\"7\"}",
                "LeaseRenewed | {\"type\":\"LeaseRenewed\",\"limit\":\"a\",\"number\":1,\"rules\":1,\"offset\":0,\"fact\":{}}",
            })
    void shouldNoticeARecordThatBreaksIt(String type, String record) throws Exception {
        // when
        List<String> mistakes = mistakes(message(type).path("payload"), JSON.readTree(record));

        // then
        assertThat(mistakes).isNotEmpty();
    }

    private static JsonNode message(String type) {
        return CONTRACT.path("components").path("messages").path(type);
    }

    private static List<String> headers(String schema) {
        JsonNode properties =
                CONTRACT.path("components").path("schemas").path(schema).path("properties");
        return StreamSupport.stream(((Iterable<String>) properties::fieldNames).spliterator(), false)
                .toList();
    }

    private List<String> mistakes(JsonNode schema, JsonNode value) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", CONTRACT.path("components"));
        return schemas
                .getSchema(whole)
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? CONTRACT.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static JsonNode read() {
        try (InputStream yaml = AsyncApiTest.class.getResourceAsStream("/asyncapi.yaml")) {
            return new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
