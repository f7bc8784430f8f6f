package io.limitledger.gateway.cli.file;

import io.limitledger.gateway.cli.client.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Definitions in one form, so that two which mean the same are equal: without defaults, and without what is only shown. */
final class Definitions {
    /** In the order in which people read them. */
    private static final List<String> FIELDS = List.of(
            "limit", "slotDecayPerSecond", "active", "quotas", "perKey", "order", "maxWaiting", "whenFull", "weight");

    private static final List<String> QUOTA_FIELDS = List.of("slots", "perSeconds", "per", "zone", "at");

    private static final Map<String, Object> DEFAULTS = Map.of(
            "slotDecayPerSecond", BigDecimal.ZERO,
            "active", true,
            "order", "fifo",
            "whenFull", "refuse",
            "zone", "UTC",
            "at", "00:00",
            "quotas", List.of());

    private Definitions() {}

    /** What a limit says, or one that is to be. */
    static Map<String, Object> of(Map<String, ?> limit) {
        return kept(limit, FIELDS, true);
    }

    /** The same of an override of a key, in which a default says something. */
    static Map<String, Object> ofOverride(Map<String, ?> override) {
        return kept(override, FIELDS, false);
    }

    /** The overrides among the keys of a limit. */
    static Map<String, Map<String, Object>> overrides(List<JsonObject> keys) {
        Map<String, Map<String, Object>> overrides = new LinkedHashMap<>();
        for (JsonObject key : keys) {
            JsonObject override = key.object("override");
            if (override != null) {
                overrides.put(key.requiredText("key"), ofOverride(override.fields()));
            }
        }
        return overrides;
    }

    private static Map<String, Object> kept(Map<String, ?> from, List<String> fields, boolean withoutDefaults) {
        Map<String, Object> kept = new LinkedHashMap<>();
        for (String field : fields) {
            Object value = value(field, from.get(field));
            if (value != null && !(withoutDefaults && value.equals(DEFAULTS.get(field)))) {
                kept.put(field, value);
            }
        }
        return kept;
    }

    private static @Nullable Object value(String field, @Nullable Object value) {
        if (value instanceof Number number) {
            BigDecimal exact = new BigDecimal(number.toString());
            return exact.signum() == 0
                    ? BigDecimal.ZERO
                    : new BigDecimal(exact.stripTrailingZeros().toPlainString());
        }
        if (value instanceof Map<?, ?> bounds) {
            return kept(strings(bounds), FIELDS, true);
        }
        if (field.equals("quotas") && value instanceof List<?> quotas) {
            List<Object> kept = new ArrayList<>();
            quotas.forEach(quota ->
                    kept.add(quota instanceof Map<?, ?> one ? kept(strings(one), QUOTA_FIELDS, true) : quota));
            return kept;
        }
        return value;
    }

    @SuppressWarnings("unchecked") // keys of JSON and YAML are strings
    private static Map<String, ?> strings(Map<?, ?> fields) {
        return (Map<String, ?>) fields;
    }
}
