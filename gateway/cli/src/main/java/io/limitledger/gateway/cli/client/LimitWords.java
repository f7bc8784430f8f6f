package io.limitledger.gateway.cli.client;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a limit says, in the few words of a table; quotas as the options of {@code create} have them. */
public final class LimitWords {
    private LimitWords() {}

    /** Whether it grants: {@code active}, {@code paused} (its limit is 0) or {@code disabled} (everything is granted). */
    public static String state(JsonObject limit) {
        if (!limit.flag("active")) {
            return "disabled";
        }
        BigDecimal slots = limit.number("limit");
        return slots != null && slots.signum() == 0 ? "paused" : "active";
    }

    /** Everything but the number of slots. */
    public static String rules(JsonObject limit) {
        List<String> words = new ArrayList<>(bounds(limit));
        JsonObject perKey = limit.object("perKey");
        if (perKey != null) {
            List<String> ofKey = new ArrayList<>();
            BigDecimal slots = perKey.number("limit");
            if (slots != null) {
                ofKey.add(slots.toPlainString());
            }
            ofKey.addAll(bounds(perKey));
            words.add("per key " + String.join(" ", ofKey));
        }
        String order = limit.text("order");
        if (order != null) {
            words.add(order);
        }
        BigDecimal maxWaiting = limit.number("maxWaiting");
        if (maxWaiting != null) {
            words.add("waiting " + maxWaiting.toPlainString());
        }
        String whenFull = limit.text("whenFull");
        if (whenFull != null) {
            words.add(whenFull);
        }
        return String.join(", ", words);
    }

    private static List<String> bounds(JsonObject bounds) {
        List<String> words = new ArrayList<>();
        BigDecimal decay = bounds.numberOrZero("slotDecayPerSecond");
        if (decay.signum() > 0) {
            words.add(number(decay) + "/s");
        }
        bounds.objects("quotas").forEach(quota -> words.add(quota(quota)));
        return words;
    }

    /** Such as {@code 1000/day@Europe/Berlin,08:00} and {@code 100/60s}. */
    public static String quota(JsonObject quota) {
        String per = quota.text("per");
        if (per == null) {
            return quota.count("slots") + "/" + quota.count("perSeconds") + "s";
        }
        String zone = quota.text("zone");
        String at = quota.text("at");
        return quota.count("slots") + "/" + per + (zone == null ? "" : "@" + zone) + (at == null ? "" : "," + at);
    }

    /** A number without needless digits. */
    public static String number(@Nullable BigDecimal number) {
        return number == null ? "" : number.stripTrailingZeros().toPlainString();
    }

    /** What a holder said of itself: a text as it is, an object of texts and numbers as {@code job=import host=worker-7}. */
    public static String holder(@Nullable Object holder) {
        if (holder instanceof Map<?, ?> fields && fields.values().stream().allMatch(LimitWords::isPlain)) {
            return fields.entrySet().stream()
                    .map(field -> field.getKey() + "=" + field.getValue())
                    .collect(Collectors.joining(" "));
        }
        return holder == null ? "" : holder instanceof String text ? text : Json.line(holder);
    }

    private static boolean isPlain(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }
}
