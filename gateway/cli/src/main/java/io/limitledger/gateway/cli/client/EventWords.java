package io.limitledger.gateway.cli.client;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An event of a limit, in one line for people. */
public final class EventWords {
    private static final JsonObject NOTHING = new JsonObject(Map.of());

    private EventWords() {}

    public static String of(JsonObject event) {
        JsonObject fact = Objects.requireNonNullElse(event.object("fact"), NOTHING);
        String by = event.text("by");
        return Printable.of(what(event.requiredText("type"), fact) + (by == null ? "" : " by " + by));
    }

    private static String what(String type, JsonObject fact) {
        String id = fact.requiredText("leaseId");
        return switch (type) {
            case "LeaseGranted" -> granted(Objects.requireNonNullElse(fact.object("lease"), NOTHING));
            case "LeaseDenied" -> "denied " + slots(fact) + who(fact) + " (" + lower(fact.requiredText("reason")) + ")";
            case "WaiterQueued" -> queued(Objects.requireNonNullElse(fact.object("waiter"), NOTHING));
            case "WaiterLeft" -> "left the queue: " + lower(fact.requiredText("reason")) + " (" + id + ")";
            case "LeaseRenewed" -> "renewed " + id + until(fact);
            case "LeaseReleased" -> "released " + id;
            case "LeaseExpired" -> "expired " + id;
            case "LeaseSettled" -> "settled " + id;
            case "LimitCreated" -> "created" + definition(fact);
            case "LimitUpdated" -> "changed" + definition(fact);
            case "LimitDeleted" -> "deleted";
            default -> words(type) + (id.isEmpty() ? "" : " " + id);
        };
    }

    private static String granted(JsonObject lease) {
        return "granted " + slots(lease) + who(lease) + until(lease) + " (" + lease.requiredText("leaseId") + ")";
    }

    private static String queued(JsonObject waiter) {
        return "waits for " + slots(waiter) + who(waiter) + " (" + waiter.requiredText("leaseId") + ")";
    }

    private static String slots(JsonObject claim) {
        long slots = claim.count("slots");
        return slots + (slots == 1 ? " slot" : " slots");
    }

    private static String who(JsonObject claim) {
        String holder = LimitWords.holder(claim.get("holder"));
        String key = claim.text("key");
        return (holder.isEmpty() ? "" : " to " + holder) + (key == null ? "" : ", key " + key);
    }

    private static String until(JsonObject claim) {
        Instant end = claim.time("expiresAt");
        return end == null || end.equals(claim.time("startsAt")) ? "" : " until " + end;
    }

    private static String definition(JsonObject fact) {
        JsonObject definition = fact.object("definition");
        if (definition == null) {
            return "";
        }
        String rules = LimitWords.rules(definition);
        return ": "
                + (definition.has("limit") ? "limit " + definition.count("limit") : "no limit")
                + (rules.isEmpty() ? "" : ", " + rules)
                + (Boolean.FALSE.equals(definition.get("active")) ? ", disabled" : "");
    }

    /** Such as {@code can never fit} from {@code CAN_NEVER_FIT}. */
    private static String lower(@Nullable String reason) {
        return String.valueOf(reason).toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Such as {@code slots returned} from {@code SlotsReturned}. */
    private static String words(String type) {
        return type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
