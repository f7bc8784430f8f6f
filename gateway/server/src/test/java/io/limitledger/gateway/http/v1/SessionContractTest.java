package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.SessionClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The frames of a session are those of its contract. */
class SessionContractTest {
    private static final JsonNode CONTRACT = read();
    /** Of the answers to the examples, one after the other; what is cancelled has been answered by then. */
    private static final Map<String, Integer> STATUSES = Map.of(
            "acquire", 201,
            "renew", 200,
            "settle", 200,
            "release", 204,
            "acquire of several limits", 201,
            "release of several limits", 204,
            "check", 200,
            "cancel", 404);

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @Test
    void answersEachExampleAsDescribed() {
        // given
        gateway.put("/v1/limits/database", "{\"limit\": 10}");
        gateway.put("/v1/limits/requests", "{\"quotas\": [{\"slots\": 60, \"perSeconds\": 60}]}");
        gateway.put("/v1/limits/tokens", "{\"quotas\": [{\"slots\": 100000, \"perSeconds\": 60}]}");
        try (SessionClient session = SessionClient.connect(gateway.server().port())) {
            CONTRACT.at("/components/messages/Ask/examples").forEach(example -> {
                JsonNode ask = example.path("payload");
                assertThat(mistakes("Ask", ask))
                        .as(example.path("name").asText())
                        .isEmpty();

                // when
                session.send(ask.toString());

                // then
                JsonNode answer = session.next();
                assertThat(mistakes("Answer", answer)).as(answer.toString()).isEmpty();
                assertThat(answer.path("id")).isEqualTo(ask.path("id"));
                assertThat(answer.path("status").asInt())
                        .as(answer.toString())
                        .isEqualTo(STATUSES.get(example.path("name").asText()));
            });
        }
    }

    @Test
    void reportsALostLeaseAsDescribed() {
        // given
        gateway.put("/v1/limits/printer", "{\"limit\": 1}");
        try (SessionClient session = SessionClient.connect(gateway.server().port())) {
            session.send("{\"id\": 1, \"acquire\": {\"limit\": \"printer\"}}");
            String leaseId = session.next().at("/body/leaseId").asText();

            // when
            gateway.delete("/v1/leases/" + leaseId);

            // then
            JsonNode lost = session.next();
            assertThat(mistakes("Lost", lost)).as(lost.toString()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"acquire\": {\"limit\": \"a\"}}",
                "{\"id\": 1}",
                "{\"id\": 1, \"acquire\": {}, \"renew\": {}}",
                "{\"id\": 1, \"acquire\": {\"limit\": \"a\", \"colour\": \"red\"}}",
                "{\"id\": 1, \"renew\": {}}",
            })
    void allowsNoOtherAsk(String ask) throws Exception {
        assertThat(mistakes("Ask", new ObjectMapper().readTree(ask))).isNotEmpty();
    }

    private static List<String> mistakes(String schema, JsonNode value) {
        ObjectNode whole = CONTRACT.at("/components/schemas/" + schema).deepCopy();
        whole.set("components", CONTRACT.path("components"));
        return SCHEMAS
                .getSchema(whole)
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    private static JsonNode read() {
        try (InputStream yaml = SessionContractTest.class.getResourceAsStream("/session.yaml")) {
            return new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
