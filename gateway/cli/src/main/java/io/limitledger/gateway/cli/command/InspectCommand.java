package io.limitledger.gateway.cli.command;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.Ages;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.LimitWords;
import io.limitledger.gateway.cli.client.OutputOptions;
import io.limitledger.gateway.cli.client.Printable;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code limits inspect}: one limit, now or as it was. */
@Command(
        name = "inspect",
        description = "Show a limit, as it is now or as it was at a time.",
        footer = {
            "Examples:",
            "  limits inspect database",
            "  limits inspect database --at 5m",
            "  limits inspect database --at 2026-11-20T10:15:00Z -o json"
        })
public final class InspectCommand extends ClientCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the limit.")
    private String name = "";

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "A time that has passed, such as 2026-11-20T10:15:00Z; or how long ago, such as 5m.")
    private @Nullable String at;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    protected int run(GatewayClient gateway) {
        Instant then = at == null ? null : time(at);
        JsonObject limit = gateway.get(Address.limit(name) + (then == null ? "" : "?at=" + then));
        output.one(out(), limit, name, () -> text(limit, then == null ? Instant.now() : then));
        return 0;
    }

    private Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.now().minus(ago(text));
        }
    }

    private Duration ago(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong("--at is '" + text
                    + "'; it must be a time such as 2026-11-20T10:15:00Z, or how long ago, such as" + " 30s, 5m or 2h");
        }
    }

    static String text(JsonObject limit, Instant now) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("Name", limit.requiredText("name"));
        lines.put("State", LimitWords.state(limit));
        lines.put("Limit", limit.has("limit") ? LimitWords.number(limit.number("limit")) : "not bounded");
        lines.put("Rules", LimitWords.rules(limit));
        lines.put("Occupied", LimitWords.number(limit.number("occupied")));
        lines.put("Free", limit.has("available") ? LimitWords.number(limit.number("available")) : "not bounded");
        lines.put("Leases", String.valueOf(limit.count("leases")));
        lines.put("Waiting", waiting(limit, now));
        lines.put("Keys", limit.has("keys") ? String.valueOf(limit.count("keys")) : "");
        limit.objects("quotas").stream()
                .filter(quota -> quota.has("taken"))
                .forEach(quota -> lines.put("Quota " + LimitWords.quota(quota), quota(quota, now)));
        lines.put("Created", time(limit, "createdAt", now));
        lines.put("Updated", time(limit, "updatedAt", now));
        lines.put("Id", limit.requiredText("id"));
        return aligned(lines)
                + list("Held by", limit.objects("heldBy"))
                + list("In the queue", limit.objects("inLine"));
    }

    private static String waiting(JsonObject limit, Instant now) {
        Instant since = limit.time("waitingSince");
        return limit.count("waiting") + (since == null ? "" : ", the first for " + Ages.between(since, now));
    }

    private static String quota(JsonObject quota, Instant now) {
        Instant returns = quota.time("returnsAt");
        return quota.count("taken") + " taken, " + quota.count("left") + " left"
                + (returns == null ? "" : ", the next return in " + Ages.between(now, returns));
    }

    private static String time(JsonObject limit, String field, Instant now) {
        Instant time = limit.time(field);
        return time == null ? "" : time + " (" + Ages.between(time, now) + " ago)";
    }

    private static String aligned(Map<String, String> lines) {
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0) + 1;
        return lines.entrySet().stream()
                .filter(line -> !line.getValue().isEmpty())
                .map(line ->
                        (line.getKey() + ":" + " ".repeat(width - line.getKey().length()))
                                + Printable.of(line.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String list(String title, List<JsonObject> claims) {
        String newLine = System.lineSeparator();
        return claims.isEmpty()
                ? ""
                : newLine + title + ":"
                        + claims.stream()
                                .map(claim -> newLine + "  " + claim.requiredText("leaseId") + "  "
                                        + claim.count("slots") + "  "
                                        + Printable.of(LimitWords.holder(claim.get("holder"))))
                                .collect(Collectors.joining());
    }
}
