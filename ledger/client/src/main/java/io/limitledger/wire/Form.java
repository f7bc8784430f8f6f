package io.limitledger.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.Converter;
import java.io.IOException;
import java.io.Serial;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a type of the core looks in JSON where its own components are not the fields: a record, the form, has the fields of the
 * object, in their order.
 */
final class Form {
    private Form() {}

    /** Has a type written as a form, and read as one. */
    static <T, F> void add(
            SimpleModule module, Class<T> type, Class<F> form, Function<T, F> write, Function<F, T> read) {
        module.addSerializer(new StdDelegatingSerializer(type, new Conversion<>(type, form, write)));
        module.addDeserializer(type, new Reader<>(new Conversion<>(form, type, read)));
    }

    private record Conversion<A, B>(Class<A> from, Class<B> to, Function<A, B> function) implements Converter<A, B> {
        @Override
        public B convert(A value) {
            return function.apply(value);
        }

        @Override
        public JavaType getInputType(TypeFactory types) {
            return types.constructType(from);
        }

        @Override
        public JavaType getOutputType(TypeFactory types) {
            return types.constructType(to);
        }
    }

    /** Reads the form; where the object says which type it is of, that is read first. */
    private static final class Reader<T> extends StdDelegatingDeserializer<T> {
        @Serial
        private static final long serialVersionUID = 1;

        Reader(Converter<?, T> converter) {
            super(converter);
        }

        private Reader(Converter<Object, T> converter, JavaType form, @Nullable JsonDeserializer<?> forms) {
            super(converter, form, forms);
        }

        @Override
        protected StdDelegatingDeserializer<T> withDelegate(
                Converter<Object, T> converter, JavaType form, @Nullable JsonDeserializer<?> forms) {
            return new Reader<>(converter, form, forms);
        }

        @Override
        public Object deserializeWithType(JsonParser json, DeserializationContext context, TypeDeserializer types)
                throws IOException {
            return types.deserializeTypedFromObject(json, context);
        }
    }
}
