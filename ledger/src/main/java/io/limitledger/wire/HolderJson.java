package io.limitledger.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.limitledger.core.state.Holder;
import java.io.IOException;
import java.io.Serial;

/** A holder, kept as the compact text of the JSON that came: an object or a string. */
final class HolderJson {
    private HolderJson() {}

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
            return new Holder(context.readTree(json).toString());
        }
    }
}
