package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that is one thing, such as a limit: null is a value like any other, and unknown keys are
 * a mistake. A field that is mistaken reads as its default, so that everything else can still be checked.
 */
public final class ModelFields {
    private final ObjectNode object;
    private final boolean isObject;
    private final Place place;
    private final Mistakes mistakes;
    private final Set<String> known = new HashSet<>();

    private ModelFields(@Nullable ObjectNode object, Place place, Mistakes mistakes) {
        this.object = Objects.requireNonNullElse(object, JsonNodeFactory.instance.objectNode());
        this.isObject = object != null;
        this.place = place;
        this.mistakes = mistakes;
    }

    /** The fields of what came; null if nothing did. */
    public static ModelFields of(@Nullable JsonNode value, Place place, Mistakes mistakes) {
        if (value == null || value.isNull()) {
            mistakes.missing(place);
        } else if (!value.isObject()) {
            String message = "Input should be a valid dictionary or object to extract fields from";
            mistakes.add("model_attributes_type", place, message, value);
        }
        return new ModelFields(value instanceof ObjectNode object ? object : null, place, mistakes);
    }

    public <T> T required(String field, FieldType<T> type, T placeholder) {
        if (isObject && !has(field)) {
            mistakes.missing(place.at(field), object);
        }
        return optional(field, type, placeholder);
    }

    public <T> T optional(String field, FieldType<T> type, T otherwise) {
        known.add(field);
        T value = has(field) ? type.read(object.get(field), place.at(field), mistakes) : null;
        return Objects.requireNonNullElse(value, otherwise);
    }

    /** Null where it is missing, and where it is null. */
    public <T> @Nullable T nullable(String field, FieldType<T> type) {
        known.add(field);
        return has(field) && !isNull(field) ? type.read(object.get(field), place.at(field), mistakes) : null;
    }

    public boolean isNull(String field) {
        return has(field) && object.get(field).isNull();
    }

    /** To be called when all fields are read. */
    public void noOthers() {
        object.properties().stream()
                .filter(property -> !known.contains(property.getKey()))
                .forEach(property -> mistakes.add(
                        "extra_forbidden",
                        place.at(EchoedInput.of(property.getKey())),
                        "Extra inputs are not permitted",
                        property.getValue()));
    }

    private boolean has(String field) {
        return object.has(field);
    }
}
