package io.limitledger.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.limitledger.core.state.Holder;
import java.io.IOException;
import java.io.Serial;

/** A holder, kept as the compact text of the JSON that came: an object or a string. */
final class HolderJson {
    /**
     * Objects and arrays within each other. A holder lies within other records, which are read with a bound on their own
     * depth: one that was just taken must not be too deep there.
     */
    private static final int LEVELS = 32;

    private HolderJson() {}

    private static int levels(JsonNode node) {
        int deepest = 0;
        for (JsonNode child : node) {
            deepest = Math.max(deepest, levels(child));
        }
        return node.isContainerNode() ? deepest + 1 : deepest;
    }

    /** Half a character cannot be written again. */
    private static boolean hasHalfCharacters(String text) {
        return text.codePoints().anyMatch(character -> Character.getType(character) == Character.SURROGATE);
    }

    static final class Writer extends StdSerializer<Holder> {
        @Serial
        private static final long serialVersionUID = 1;

        Writer() {
            super(Holder.class);
        }

        @Override
        public void serialize(Holder holder, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeRawValue(holder.json());
        }
    }

    static final class Reader extends StdDeserializer<Holder> {
        @Serial
        private static final long serialVersionUID = 1;

        Reader() {
            super(Holder.class);
        }

        @Override
        public Holder deserialize(JsonParser json, DeserializationContext context) throws IOException {
            JsonToken token = json.currentToken();
            if (token != JsonToken.START_OBJECT && token != JsonToken.VALUE_STRING) {
                return (Holder) context.handleUnexpectedToken(
                        Holder.class, token, json, "Expected an object or a string, but got %s", json.getText());
            }
            JsonNode tree = context.readTree(json);
            if (levels(tree) > LEVELS) {
                context.reportInputMismatch(
                        Holder.class, "Expected at most %d levels of objects and arrays, but got more", LEVELS);
            }
            String text = tree.toString();
            if (hasHalfCharacters(text)) {
                context.reportInputMismatch(Holder.class, "Expected whole characters, but got half a surrogate pair");
            }
            return new Holder(text);
        }
    }
}
