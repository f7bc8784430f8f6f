package io.limitledger.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The contract as tests see it: its operations, its examples, and whether an answer is one that it allows. */
public final class Contract {
    private static final Contract CONTRACT = new Contract();
    private static final Set<String> METHODS = Set.of("get", "put", "patch", "post", "delete");

    private final JsonNode root = read();
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** An example of a body, with the schema that it should follow. */
    public record Example(String place, JsonNode schema, JsonNode value) {}

    public static Contract contract() {
        return CONTRACT;
    }

    private static JsonNode read() {
        try (InputStream yaml = Contract.class.getResourceAsStream("/openapi.yaml")) {
            return new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An operation, with what it takes.
     *
     * @param parameters in path, query and header
     * @param body the schema of the body; missing if it takes none
     */
    public record Call(String method, String template, List<JsonNode> parameters, JsonNode body) {}

    public List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        forEachOperation((name, operation) -> {
            String template = name.substring(name.indexOf(' ') + 1);
            List<JsonNode> parameters = new ArrayList<>();
            root.path("paths").path(template).path("parameters").forEach(item -> parameters.add(resolve(item)));
            operation.path("parameters").forEach(item -> parameters.add(resolve(item)));
            JsonNode body = operation.at("/requestBody/content/application~1json/schema");
            calls.add(new Call(name.substring(0, name.indexOf(' ')), template, parameters, body));
        });
        return calls;
    }

    /** Methods and templates, such as {@code GET /v1/limits/{name}}. */
    public List<String> operations() {
        List<String> operations = new ArrayList<>();
        forEachOperation((name, operation) -> operations.add(name));
        return operations;
    }

    /** What each operation needs of its caller, such as {@code read:{name}}. */
    public Map<String, String> needs() {
        Map<String, String> needs = new HashMap<>();
        forEachOperation(
                (name, operation) -> needs.put(name, operation.path("x-needs").asText()));
        return needs;
    }

    public List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        forEachOperation((name, operation) -> {
            addExamples(name + " request", resolve(operation.path("requestBody")), examples);
            for (Map.Entry<String, JsonNode> response :
                    operation.path("responses").properties()) {
                addExamples(name + " " + response.getKey(), resolve(response.getValue()), examples);
            }
        });
        return examples;
    }

    private void addExamples(String place, JsonNode message, List<Example> examples) {
        for (JsonNode content : message.path("content")) {
            for (Map.Entry<String, JsonNode> example : content.path("examples").properties()) {
                JsonNode value = resolve(example.getValue()).path("value");
                examples.add(new Example(place + " " + example.getKey(), content.path("schema"), value));
            }
        }
    }

    /** What is wrong with a value; empty if nothing is. */
    public List<String> mistakes(JsonNode schema, JsonNode value) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", root.path("components"));
        return schemas
                .getSchema(whole)
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    /** What is wrong with an answer to an operation of the contract; empty if nothing is, or there is no such one. */
    public List<String> mistakes(String method, String path, GatewayExtension.Reply reply) {
        JsonNode operation = operation(method, path.replaceFirst("\\?.*", ""));
        if (operation == null) {
            return List.of();
        }
        String status = Integer.toString(reply.status());
        JsonNode response = resolve(operation.path("responses").path(status));
        if (response.isMissingNode()) {
            return List.of("Expected one of the statuses of " + method + " " + path + ", but got " + status);
        }
        return reply.text().isEmpty() ? List.of() : bodyMistakes(response, reply);
    }

    private List<String> bodyMistakes(JsonNode response, GatewayExtension.Reply reply) {
        String type = reply.header("Content-Type").replaceFirst(";.*", "");
        JsonNode content = response.path("content").path(type);
        if (content.isMissingNode()) {
            return List.of("Expected one of the types " + response.path("content") + ", but got " + type);
        }
        return type.endsWith("json") ? mistakes(content.path("schema"), reply.json()) : List.of();
    }

    private JsonNode operation(String method, String path) {
        for (Map.Entry<String, JsonNode> item : root.path("paths").properties()) {
            String pattern = item.getKey().replaceAll("\\{[^}]+}", "[^/]+");
            if (path.matches(pattern)) {
                return item.getValue().get(method.toLowerCase(Locale.ROOT));
            }
        }
        return null;
    }

    private interface OperationVisitor {
        void visit(String name, JsonNode operation);
    }

    private void forEachOperation(OperationVisitor visitor) {
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> item : path.getValue().properties()) {
                if (METHODS.contains(item.getKey())) {
                    visitor.visit(item.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), item.getValue());
                }
            }
        }
    }

    /** What a reference refers to; anything else as it is. */
    public JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }
}
