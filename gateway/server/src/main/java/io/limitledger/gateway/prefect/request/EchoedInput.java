package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Input as it can be sent back: half characters, which text in UTF-8 cannot have, become question marks. */
public final class EchoedInput {
    private EchoedInput() {}

    public static JsonNode of(JsonNode value) {
        if (value.isTextual()) {
            return JsonNodeFactory.instance.textNode(of(value.textValue()));
        }
        if (value instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(property -> copy.set(of(property.getKey()), of(property.getValue())));
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> copy.add(of(item)));
            return copy;
        }
        return value;
    }

    static String of(String text) {
        return isWhole(text)
                ? text
                : text.codePoints()
                        .map(character -> isHalf(character) ? '?' : character)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    static boolean isWhole(String text) {
        return text.codePoints().noneMatch(EchoedInput::isHalf);
    }

    private static boolean isHalf(int character) {
        return Character.getType(character) == Character.SURROGATE;
    }
}
