package io.limitledger.gateway.prefect.random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.limitledger.gateway.prefect.PrefectServer.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The JSON Schema of each reply: the status says which one, and where it was fine, the route. */
final class ReplySchemas {
    private static final String FILE = "/prefect/replies.schema.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode definitions = read();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private static ObjectNode read() {
        try (InputStream file = ReplySchemas.class.getResourceAsStream(FILE)) {
            return (ObjectNode) JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a reply; empty if nothing is. */
    List<String> mistakes(String fine, Reply reply) {
        return switch (reply.status()) {
            case 204, 307 -> reply.text().isEmpty() ? List.of() : List.of("has a body: " + reply.text());
            case 200 -> mistakes(fine, reply.json());
            case 201 -> mistakes(fine.equals("tag limit") ? fine : "new limit", reply.json());
            case 400, 404, 405, 409, 410 -> mistakes("detail", reply.json());
            case 422 -> mistakes("invalid", reply.json());
            case 423 -> locked(reply);
            default -> List.of("has status " + reply.status() + ": " + reply.text());
        };
    }

    private List<String> locked(Reply reply) {
        boolean isDeadlock = reply.text().contains("deadlock");
        boolean isTimed = reply.header("Retry-After") != null && reply.retryAfter() >= 0;
        return isDeadlock == isTimed
                ? List.of("Retry-After " + reply.header("Retry-After"))
                : mistakes("detail", reply.json());
    }

    private List<String> mistakes(String name, JsonNode value) {
        Schema schema = schemas.computeIfAbsent(name, this::schema);
        return schema
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    private Schema schema(String name) {
        ObjectNode schema = definitions.deepCopy();
        schema.put("$ref", "#/$defs/" + name);
        return registry.getSchema(schema);
    }
}
