package io.limitledger.gateway.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.http.Contract;
import io.limitledger.gateway.prefect.random.RandomRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Makes JSON of which most follows a schema, with few names and ids, so that requests meet; and here and there something
 * else: an odd value, a field that is missing, unknown or there twice.
 */
final class SchemaJson {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e f");
    private static final int LEASE_IDS = 12;
    private static final int DEEPEST = 2_000;
    private static final List<String> EXTREMES = List.of(
            "1e-99999999",
            "1e2147483648",
            "9223372036854775807",
            "-9223372036854775808",
            "2147483647",
            "0.0000000005",
            "-0.0",
            "3600",
            "2592000",
            "1000000",
            "0x10",
            "\"\uFEFF\"",
            "\"" + "x".repeat(3_000) + "\"",
            "9".repeat(5_000));

    private final Random random;

    SchemaJson(Random random) {
        this.random = random;
    }

    /** The text of a value. */
    String value(JsonNode reference) {
        JsonNode schema = Contract.contract().resolve(reference);
        if (chance(25)) {
            return odd();
        }
        if (schema.has("const")) {
            return schema.path("const").toString();
        }
        if (schema.has("anyOf") && chance(2)) {
            return value(pick(elements(schema.path("anyOf"))));
        }
        return valueOf(type(schema), schema);
    }

    /** The same as it is written in an address or a header: without quotes. */
    String text(JsonNode schema) {
        String value = value(schema);
        return value.startsWith("\"") && value.length() > 1 ? value.substring(1, value.length() - 1) : value;
    }

    private String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? pick(elements(type)).asText() : type.asText("number");
    }

    private String valueOf(String type, JsonNode schema) {
        return switch (type) {
            case "object" -> object(schema);
            case "array" -> array(schema);
            case "integer" -> Integer.toString(random.nextInt(5));
            case "boolean" -> Boolean.toString(!chance(4));
            case "string" -> '"' + string(schema) + '"';
            default -> number();
        };
    }

    private String number() {
        return chance(2) ? Integer.toString(random.nextInt(8)) : Double.toString(random.nextInt(600) / 10.0);
    }

    private String string(JsonNode schema) {
        return switch (schema.path("format").asText()) {
            case "uuid" -> new UUID(0x1000, random.nextInt(LEASE_IDS)).toString();
            case "date-time" -> "2026-11-20T1" + random.nextInt(10) + ":00:00Z";
            default -> chance(6) ? Integer.toString(random.nextInt(3)) : pick(NAMES);
        };
    }

    private String object(JsonNode schema) {
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            while (chance(2) || (fields.isEmpty() && !chance(8))) {
                fields.add('"' + property.getKey() + "\": " + value(property.getValue()));
                if (!chance(30)) {
                    break;
                }
            }
        }
        if (chance(30)) {
            fields.add("\"colour\": " + odd());
        }
        return "{" + String.join(", ", fields) + "}";
    }

    private String array(JsonNode schema) {
        List<String> items = new ArrayList<>();
        for (int count = chance(200) ? 300 : random.nextInt(4); count > 0; count--) {
            items.add(value(schema.path("items")));
        }
        return items.toString();
    }

    String odd() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> pick(EXTREMES);
            case 2 -> nested(chance(2) ? "[" : "{\"a\":", 1 + random.nextInt(chance(4) ? DEEPEST : 10));
            default -> pick(RandomRequests.oddValues());
        };
    }

    private String nested(String opening, int levels) {
        return opening.repeat(levels) + "1" + (opening.equals("[") ? "]" : "}").repeat(levels - random.nextInt(2));
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    private boolean chance(int many) {
        return random.nextInt(many) == 0;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
