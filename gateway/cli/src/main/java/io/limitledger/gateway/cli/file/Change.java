package io.limitledger.gateway.cli.file;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.Json;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.LimitWords;
import io.limitledger.gateway.cli.client.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One difference between a file and a server, and the request that ends it.
 *
 * @param key whose override it is; null if it is the limit itself
 * @param before as it is; null if it does not exist
 * @param after as it is to be; null if it is to go
 * @param body of the request; null if it has none
 */
record Change(
        String limit,
        @Nullable String key,
        @Nullable Map<String, ?> before,
        @Nullable Map<String, ?> after,
        @Nullable Map<String, ?> body) {

    /** Whether something is added, changed or taken away. */
    enum Kind {
        CREATE('+'),
        CHANGE('~'),
        DELETE('-');

        private final char sign;

        Kind(char sign) {
            this.sign = sign;
        }
    }

    Kind kind() {
        if (before == null) {
            return Kind.CREATE;
        }
        return after == null ? Kind.DELETE : Kind.CHANGE;
    }

    boolean isOfLimit() {
        return key == null;
    }

    String method() {
        return after == null ? "DELETE" : "PUT";
    }

    String path() {
        return key == null ? Address.limit(limit) : Address.key(limit, key);
    }

    /** A line for people: {@code ~ database: limit 10 -> 20}. */
    @Override
    public String toString() {
        String what = limit + (key == null ? "" : ", key " + key);
        return kind().sign + " " + Printable.of(what + (after == null ? "" : ": " + String.join(", ", differences())));
    }

    private List<String> differences() {
        List<String> differences = new ArrayList<>();
        Map<String, ?> old = before == null ? Map.of() : before;
        Map<String, ?> now = after == null ? Map.of() : after;
        TreeSet<String> fields = new TreeSet<>(old.keySet());
        fields.addAll(now.keySet());
        for (String field : fields) {
            if (!Objects.equals(old.get(field), now.get(field))) {
                differences.add(field + " "
                        + (before == null ? "" : inWords(field, old.get(field)) + " -> ")
                        + inWords(field, now.get(field)));
            }
        }
        return differences;
    }

    /** A default, where a field is missing. */
    private static String inWords(String field, @Nullable Object value) {
        if (value == null) {
            return switch (field) {
                case "active" -> "true";
                case "slotDecayPerSecond" -> "0";
                case "order" -> "fifo";
                case "whenFull" -> "refuse";
                default -> "none";
            };
        }
        if (field.equals("quotas") && value instanceof List<?> quotas) {
            return quotas.stream()
                    .map(quota ->
                            quota instanceof Map<?, ?> one ? LimitWords.quota(object(one)) : String.valueOf(quota))
                    .toList()
                    .toString();
        }
        return value instanceof Map<?, ?> || value instanceof List<?> ? Json.line(value) : String.valueOf(value);
    }

    @SuppressWarnings("unchecked") // keys of definitions are strings
    private static JsonObject object(Map<?, ?> fields) {
        return new JsonObject((Map<String, @Nullable Object>) fields);
    }
}
