package io.limitledger.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Milliseconds, written as a number of seconds with up to three decimals; what is finer is rounded. */
public final class SecondsJson {
    private static final BigDecimal MILLIS_PER_SECOND = BigDecimal.valueOf(1_000);
    /** Beyond this, in seconds, a number is no duration that any command takes; checked before it could overflow. */
    private static final BigDecimal ABSURD = BigDecimal.valueOf(1_000_000_000_000L);
    /** Below this, in seconds, a number rounds to nothing; told apart first, since to round 1e-99999999 takes minutes. */
    private static final BigDecimal NEGLIGIBLE = new BigDecimal("0.0001");

    private SecondsJson() {}

    /** Milliseconds as seconds. */
    public static BigDecimal seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).stripTrailingZeros();
    }

    /** Seconds as milliseconds; absurd numbers become the largest or smallest there is, for a bound to refuse. */
    public static long millis(BigDecimal seconds) {
        if (seconds.abs().compareTo(NEGLIGIBLE) < 0) {
            return 0;
        }
        if (seconds.abs().compareTo(ABSURD) > 0) {
            return seconds.signum() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        return seconds.multiply(MILLIS_PER_SECOND)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    static final class Writer extends StdSerializer<Long> {
        @Serial
        private static final long serialVersionUID = 1;

        Writer() {
            super(Long.class);
        }

        @Override
        public void serialize(Long millis, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (millis % 1_000 == 0) {
                json.writeNumber(millis / 1_000);
            } else {
                json.writeNumber(seconds(millis));
            }
        }
    }

    /** Of a component that may be null. */
    static final class OptionalReader extends Reader {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public @Nullable Long getNullValue(DeserializationContext context) {
            return null;
        }
    }

    static class Reader extends StdDeserializer<Long> {
        @Serial
        private static final long serialVersionUID = 1;

        Reader() {
            super(Long.class);
        }

        /** What may be left out has the default 0. */
        @Override
        public @Nullable Long getNullValue(DeserializationContext context) {
            return 0L;
        }

        @Override
        public Long deserialize(JsonParser json, DeserializationContext context) throws IOException {
            JsonToken token = json.currentToken();
            if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
                return (Long) context.handleUnexpectedToken(
                        Long.class, token, json, "Expected a number of seconds, but got %s", json.getText());
            }
            return millis(json.getDecimalValue());
        }
    }
}
