package io.limitledger.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.Serial;
import java.time.DateTimeException;

/** Epoch milliseconds, written as ISO 8601 in UTC: {@code 2026-11-20T10:15:00.250Z}. */
final class TimeJson {
    private TimeJson() {}

    static final class Writer extends StdSerializer<Long> {
        @Serial
        private static final long serialVersionUID = 1;

        Writer() {
            super(Long.class);
        }

        @Override
        public void serialize(Long epochMillis, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(TimeText.write(epochMillis));
        }
    }

    static final class Reader extends StdDeserializer<Long> {
        @Serial
        private static final long serialVersionUID = 1;

        Reader() {
            super(Long.class);
        }

        @Override
        public Long deserialize(JsonParser json, DeserializationContext context) throws IOException {
            try {
                return TimeText.read(json.getText());
            } catch (DateTimeException | ArithmeticException e) {
                return (Long) context.handleWeirdStringValue(
                        Long.class, json.getText(), "Expected a time like 2026-11-20T10:15:00.250Z");
            }
        }
    }
}
