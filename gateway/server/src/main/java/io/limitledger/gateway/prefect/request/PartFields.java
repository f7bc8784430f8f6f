package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Single fields of a body: null is the same as missing, and unknown keys do not matter. A field that
 * is mistaken reads as its default, so that everything else can still be checked.
 */
public final class PartFields {
    private final @Nullable JsonNode body;
    private final Mistakes mistakes;

    /** @param body null if nothing came */
    PartFields(@Nullable JsonNode body, Mistakes mistakes) {
        this.body = body;
        this.mistakes = mistakes;
    }

    public <T> T required(String field, FieldType<T> type, T placeholder) {
        if (canHaveFields() && given(field) == null) {
            mistakes.missing(Place.BODY.at(field));
        }
        return optional(field, type, placeholder);
    }

    public <T> T optional(String field, FieldType<T> type, T otherwise) {
        return Objects.requireNonNullElse(nullable(field, type), otherwise);
    }

    public <T> @Nullable T nullable(String field, FieldType<T> type) {
        if (!canHaveFields()) {
            // In a body that is not an object each field is missing, even an optional one.
            mistakes.missing(Place.BODY.at(field));
            return null;
        }
        JsonNode value = given(field);
        return value == null ? null : type.read(value, Place.BODY.at(field), mistakes);
    }

    private boolean canHaveFields() {
        return body == null || body.isNull() || body.isObject();
    }

    private @Nullable JsonNode given(String field) {
        JsonNode value = body instanceof ObjectNode object ? object.get(field) : null;
        return value == null || value.isNull() ? null : value;
    }
}
