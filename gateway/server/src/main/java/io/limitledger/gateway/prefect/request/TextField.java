package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Any text in whole Unicode characters. */
public final class TextField implements FieldType<String> {
    @Override
    public @Nullable String read(JsonNode value, Place place, Mistakes mistakes) {
        if (!value.isTextual()) {
            mistakes.add("string_type", place, "Input should be a valid string", value);
            return null;
        }
        if (!Echo.isWhole(value.textValue())) {
            String message = "Input should be a valid string, unable to parse raw data as a unicode string";
            mistakes.add("string_unicode", place, message, value);
            return null;
        }
        return value.textValue();
    }
}
