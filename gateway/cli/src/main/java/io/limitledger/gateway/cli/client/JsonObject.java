package io.limitledger.gateway.cli.client;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object that a gateway has sent. A field that is missing, or of another type than is asked for, reads as null. */
public record JsonObject(Map<String, @Nullable Object> fields) {
    public @Nullable Object get(String field) {
        return fields.get(field);
    }

    public boolean has(String field) {
        return fields.get(field) != null;
    }

    public @Nullable String text(String field) {
        return get(field) instanceof String text ? text : null;
    }

    /** Of a field that every such object has; empty if this one lacks it. */
    public String requiredText(String field) {
        return get(field) instanceof String text ? text : "";
    }

    /** A number; null as well if it is not one. */
    public @Nullable BigDecimal number(String field) {
        return get(field) instanceof Number number ? new BigDecimal(number.toString()) : null;
    }

    /** A number that is 0 if it is missing. */
    public BigDecimal numberOrZero(String field) {
        BigDecimal number = number(field);
        return number == null ? BigDecimal.ZERO : number;
    }

    /** A whole number that is 0 if it is missing. */
    public long count(String field) {
        return get(field) instanceof Number number ? number.longValue() : 0;
    }

    public boolean flag(String field) {
        return Boolean.TRUE.equals(get(field));
    }

    public @Nullable Instant time(String field) {
        try {
            return get(field) instanceof String text ? Instant.parse(text) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    public @Nullable JsonObject object(String field) {
        return of(get(field));
    }

    /** The objects of an array; empty if it is missing. */
    public List<JsonObject> objects(String field) {
        return get(field) instanceof List<?> items
                ? items.stream()
                        .map(JsonObject::of)
                        .filter(object -> object != null)
                        .toList()
                : List.of();
    }

    /** The texts of an array; empty if it is missing. */
    public List<String> texts(String field) {
        return get(field) instanceof List<?> items
                ? items.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    @SuppressWarnings("unchecked") // the keys of what Json reads are strings
    private static @Nullable JsonObject of(@Nullable Object value) {
        return value instanceof Map<?, ?> fields ? new JsonObject((Map<String, @Nullable Object>) fields) : null;
    }
}
