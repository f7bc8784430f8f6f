package io.limitledger.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.util.NameTransformer;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.SealedLimit;
import java.io.IOException;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sealed limit: the fields of the limit, and its head as the last. Not by {@code JsonUnwrapped}, with which reading would
 * take twice as long and unknown fields would be passed over.
 */
final class SealedLimitJson {
    private static final String HEAD = "head";

    private SealedLimitJson() {}

    static final class Writer extends StdSerializer<SealedLimit> implements ContextualSerializer {
        @Serial
        private static final long serialVersionUID = 1;

        /** Writes the fields of a limit without an object around them; null until it is known for which mapper. */
        private final transient @Nullable JsonSerializer<Object> fields;

        Writer() {
            this(null);
        }

        private Writer(@Nullable JsonSerializer<Object> fields) {
            super(SealedLimit.class);
            this.fields = fields;
        }

        @Override
        public JsonSerializer<?> createContextual(SerializerProvider provider, @Nullable BeanProperty property)
                throws JsonMappingException {
            return new Writer(provider.findValueSerializer(Limit.class).unwrappingSerializer(NameTransformer.NOP));
        }

        @Override
        public void serialize(SealedLimit sealed, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartObject();
            Objects.requireNonNull(fields).serialize(sealed.limit(), json, provider);
            if (sealed.head() != null) {
                json.writeStringField(HEAD, sealed.head());
            }
            json.writeEndObject();
        }
    }

    static final class Reader extends StdDeserializer<SealedLimit> {
        @Serial
        private static final long serialVersionUID = 1;

        Reader() {
            super(SealedLimit.class);
        }

        @Override
        public SealedLimit deserialize(JsonParser json, DeserializationContext context) throws IOException {
            Seal seal = new Seal();
            context.setAttribute(Seal.class, seal);
            Limit limit = context.readValue(json, Limit.class);
            context.setAttribute(Seal.class, null);
            return new SealedLimit(limit, seal.head);
        }
    }

    /** Where the reader of a limit leaves the head that it does not know. */
    private static final class Seal {
        private @Nullable String head;
    }

    /** Takes the head out of a limit that is read as a sealed one; in any other it is an unknown field. */
    static final class HeadReader extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser json,
                JsonDeserializer<?> reader,
                Object beanOrClass,
                String name)
                throws IOException {
            if (reader.handledType() == Limit.class
                    && name.equals(HEAD)
                    && context.getAttribute(Seal.class) instanceof Seal seal) {
                seal.head = context.readValue(json, String.class);
                return true;
            }
            return false;
        }
    }
}
