package io.limitledger.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LimitEvent;
import java.io.IOException;
import java.io.Serial;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An event: what it is and where it stands first, then the fact itself in an object of its own. */
final class LimitEventJson {
    private LimitEventJson() {}

    static final class Writer extends StdSerializer<LimitEvent> {
        @Serial
        private static final long serialVersionUID = 1;

        Writer() {
            super(LimitEvent.class);
        }

        @Override
        public void serialize(LimitEvent event, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartObject();
            json.writeStringField("type", event.fact().type());
            json.writeStringField("limit", event.limit());
            json.writeNumberField("number", event.number());
            json.writeStringField("at", TimeText.write(event.at()));
            json.writeNumberField("rules", event.rules());
            json.writeNumberField("offset", event.offset());
            if (event.aheadMillis() != 0) {
                json.writeNumberField("aheadSeconds", SecondsJson.seconds(event.aheadMillis()));
            }
            if (event.by() != null) {
                json.writeStringField("by", event.by());
            }
            provider.defaultSerializeField("fact", event.fact(), json);
            json.writeEndObject();
        }
    }

    static final class Reader extends StdDeserializer<LimitEvent> {
        @Serial
        private static final long serialVersionUID = 1;

        private static final Map<String, Class<?>> FACTS = Stream.of(Fact.class.getPermittedSubclasses())
                .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

        Reader() {
            super(LimitEvent.class);
        }

        /** Field by field: the type comes before the fact, so this needs no tree of nodes. In another order it does. */
        @Override
        public LimitEvent deserialize(JsonParser json, DeserializationContext context) throws IOException {
            Fields fields = new Fields();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                fields.read(name, json, context);
            }
            return fields.event(context);
        }

        private static final class Fields {
            private String type = "";
            private String limit = "";
            private long number;
            private String at = "";
            private int rules;
            private long offset;
            private long aheadMillis;
            private @Nullable String by;
            private @Nullable Fact fact;
            private @Nullable JsonNode factBeforeType;

            void read(String name, JsonParser json, DeserializationContext context) throws IOException {
                switch (name) {
                    case "type" -> type = json.getValueAsString("");
                    case "limit" -> limit = json.getValueAsString("");
                    case "number" -> number = json.getValueAsLong();
                    case "at" -> at = json.getValueAsString("");
                    case "rules" -> rules = json.getValueAsInt();
                    case "offset" -> offset = json.getValueAsLong();
                    case "aheadSeconds" -> aheadMillis = SecondsJson.millis(json.getDecimalValue());
                    case "by" -> by = json.getValueAsString();
                    case "fact" -> fact(json, context);
                    default -> {}
                }
                // Where a text or a number should be, or where nobody knows what should be.
                json.skipChildren();
            }

            private void fact(JsonParser json, DeserializationContext context) throws IOException {
                if (type.isEmpty()) {
                    factBeforeType = context.readTree(json);
                } else {
                    fact = (Fact) context.readValue(json, factType(context));
                }
            }

            private Class<?> factType(DeserializationContext context) throws IOException {
                Class<?> factType = FACTS.get(type);
                return factType == null
                        ? context.reportInputMismatch(
                                LimitEvent.class, "Expected the type of an event, but got '%s'", type)
                        : factType;
            }

            LimitEvent event(DeserializationContext context) throws IOException {
                if (factBeforeType != null) {
                    fact = (Fact) context.readTreeAsValue(factBeforeType, factType(context));
                }
                if (fact == null) {
                    return context.reportInputMismatch(
                            LimitEvent.class, "Expected an event with its fact, but it has none");
                }
                return new LimitEvent(limit, number, TimeText.read(at), rules, offset, aheadMillis, by, fact);
            }
        }
    }
}
