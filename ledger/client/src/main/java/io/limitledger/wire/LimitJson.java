package io.limitledger.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
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
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.util.NameTransformer;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Demand;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Move;
import io.limitledger.core.state.Progress;
import io.limitledger.core.state.Reservations;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.core.state.Slice;
import io.limitledger.core.state.Usage;
import io.limitledger.core.state.Window;
import io.limitledger.core.state.Windows;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limit in JSON: one flat object. A sealed one has its head as the last field; not by {@code JsonUnwrapped}, with which
 * reading would take twice as long and unknown fields would be passed over.
 */
final class LimitJson {
    private static final String HEAD = "head";

    private LimitJson() {}

    static SimpleModule addTo(SimpleModule module) {
        Form.add(module, Limit.class, LimitForm.class, LimitForm::of, LimitForm::limit);
        Form.add(module, Window.class, WindowForm.class, WindowForm::of, WindowForm::window);
        return module.addSerializer(SealedLimit.class, new Writer()).addDeserializer(SealedLimit.class, new Reader());
    }

    @JsonTypeName("Limit")
    record LimitForm(
            String name,
            UUID id,
            Definition definition,
            Bucket bucket,
            Demand demand,
            @Nullable Reservations reservations,
            long leases,
            long waiting,
            long ended,
            long nextPlace,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long prolongedMillis,
            long createdAt,
            long updatedAt,
            long decidedAt,
            long number,
            int moves,
            @Nullable Move move,
            long offset,
            @Nullable Windows windows,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long virtualTime,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long fence) {
        static LimitForm of(Limit limit) {
            Usage usage = limit.usage();
            Progress progress = limit.progress();
            return new LimitForm(
                    limit.name(),
                    limit.id(),
                    limit.definition(),
                    usage.bucket(),
                    usage.demand(),
                    usage.reservations(),
                    usage.leases(),
                    usage.waiting(),
                    usage.ended(),
                    progress.nextPlace(),
                    progress.prolongedMillis(),
                    progress.createdAt(),
                    progress.updatedAt(),
                    progress.decidedAt(),
                    progress.number(),
                    progress.moves(),
                    progress.move(),
                    progress.offset(),
                    usage.windows().equals(Windows.EMPTY) ? null : usage.windows(),
                    usage.virtualTime(),
                    progress.fence());
        }

        Limit limit() {
            Windows taken = windows == null ? Windows.EMPTY : windows;
            return new Limit(
                    name,
                    id,
                    definition,
                    new Usage(bucket, taken, virtualTime, demand, reservations, leases, waiting, ended),
                    new Progress(
                            nextPlace,
                            prolongedMillis,
                            fence,
                            createdAt,
                            updatedAt,
                            decidedAt,
                            number,
                            moves,
                            move,
                            offset));
        }
    }

    record WindowForm(long taken, List<Slice> slices) {
        static WindowForm of(Window window) {
            return new WindowForm(window.taken(), window.slices());
        }

        Window window() {
            return slices == null ? Window.EMPTY : Window.of(slices);
        }
    }

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
            return new Writer(provider.findValueSerializer(LimitForm.class).unwrappingSerializer(NameTransformer.NOP));
        }

        @Override
        public void serialize(SealedLimit sealed, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartObject();
            Objects.requireNonNull(fields).serialize(LimitForm.of(sealed.limit()), json, provider);
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
            if (reader.handledType() == LimitForm.class
                    && name.equals(HEAD)
                    && context.getAttribute(Seal.class) instanceof Seal seal) {
                seal.head = context.readValue(json, String.class);
                return true;
            }
            return false;
        }
    }
}
