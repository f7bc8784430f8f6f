package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A UUID, in any of its spellings. */
public final class IdField implements FieldType<UUID> {
    @Override
    public @Nullable UUID read(JsonNode value, Place place, Mistakes mistakes) {
        if (!value.isTextual()) {
            String message = "UUID input should be a string, bytes or UUID object";
            mistakes.add("uuid_type", place, message, value);
            return null;
        }
        UUID id = UuidText.strict(value.textValue());
        if (id == null) {
            String reason = UuidMistake.in(value.textValue());
            String message = "Input should be a valid UUID, " + reason;
            mistakes.add("uuid_parsing", place, message, value, "error", reason);
        }
        return id;
    }
}
