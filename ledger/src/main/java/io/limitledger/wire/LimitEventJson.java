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

        @Override
        public LimitEvent deserialize(JsonParser json, DeserializationContext context) throws IOException {
            JsonNode event = context.readTree(json);
            String type = event.path("type").asText();
            Class<?> factType = FACTS.get(type);
            if (factType == null) {
                return (LimitEvent)
                        context.handleWeirdStringValue(LimitEvent.class, type, "Expected the type of an event");
            }
            return new LimitEvent(
                    event.path("limit").asText(),
                    event.path("number").asLong(),
                    TimeText.read(event.path("at").asText()),
                    event.path("rules").asInt(),
                    event.path("offset").asLong(),
                    (Fact) context.readTreeAsValue(event.path("fact"), factType));
        }
    }
}
