package io.limitledger.gateway.cli.command;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.Ages;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.Json;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.LimitWords;
import io.limitledger.gateway.cli.client.Printable;
import io.limitledger.gateway.cli.client.Screen;
import io.limitledger.gateway.cli.client.Table;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code limits whatif}: what would have been under another definition. */
@Command(
        name = "whatif",
        description =
                "Decide the commands of a past time again, as if the limit had had another definition, and compare with what"
                        + " was. Nothing is changed. A lease is taken to last as long as it was held, wherever it begins; whether clients would"
                        + " have come back, or asked for more, no log can say.",
        footer = {
            "Examples:",
            "  limits whatif --limit database --set limit=20 --from 24h",
            "  limits whatif --limit database --set limit=10..50/10 --p99-below 5s",
            "  limits whatif --limit calls --set quota=1000/day@Europe/Berlin --set order=fair -o csv"
        })
public final class WhatIfCommand extends ClientCommand {
    private static final String LIMIT_FIELD = "limit";
    private static final String FIGURES = "figures";
    private static final String WAITS = "waitSeconds";

    /** As many as the interface takes. */
    private static final int MOST_CANDIDATES = 50;

    /** In which form the answer is printed. */
    enum Form {
        TABLE,
        JSON,
        CSV
    }

    @Option(names = "--limit", required = true, paramLabel = "NAME", description = "Name of the limit.")
    private String name = "";

    @Option(
            names = "--set",
            required = true,
            paramLabel = "FIELD=VALUE",
            description = "A field that is different, by its name in the interface, such as limit=20, order=fair or"
                    + " quota=1000/day. Given several times, all of them hold together. limit=10..50/10 asks for each of 10,"
                    + " 20, 30, 40 and 50.")
    private List<String> settings = List.of();

    @Option(
            names = "--from",
            defaultValue = "24h",
            paramLabel = "TIME",
            description = "Beginning, such as 2026-11-20T10:15:00Z, or how long ago (default: ${DEFAULT-VALUE}).")
    private String from = "";

    @Option(names = "--to", paramLabel = "TIME", description = "End, likewise (default: now).")
    private @Nullable String to;

    @Option(
            names = "--p99-below",
            paramLabel = "DURATION",
            description = "Also say which is the smallest limit of those asked for with which 99 of 100 waited less.")
    private @Nullable String p99Below;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table, json or csv (default: ${DEFAULT-VALUE}).")
    private Form form = Form.TABLE;

    @Override
    protected int run(GatewayClient gateway) {
        List<Map<String, Object>> candidates = candidates();
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("from", time("--from", from).toString());
        if (to != null) {
            question.put("to", time("--to", to).toString());
        }
        question.put("candidates", candidates);
        BigDecimal bound = p99Below == null ? null : Durations.seconds(duration("--p99-below", p99Below));
        JsonObject answer = gateway.ask("POST", Address.limit(name) + "/what-if", question);
        print(answer, candidates, bound);
        return 0;
    }

    private void print(JsonObject answer, List<Map<String, Object>> candidates, @Nullable BigDecimal bound) {
        switch (form) {
            case JSON -> out().println(Json.pretty(answer));
            case CSV -> csv(answer, candidates);
            case TABLE -> {
                Table table = table(answer, candidates);
                table.lines(Screen.width(), Screen.hasColour()).forEach(out()::println);
                remarks(answer, candidates);
            }
        }
        if (bound != null) {
            sayWhichIsEnough(answer, candidates, bound);
        }
    }

    private static Table table(JsonObject answer, List<Map<String, Object>> candidates) {
        Table table = Table.of(
                "DEFINITION",
                "REQUESTS>",
                "GRANTED>",
                "DENIED>",
                "GAVE UP>",
                "P50>",
                "P95>",
                "P99>",
                "MAX>",
                "OCCUPIED>",
                "PEAK>",
                "USED>");
        row(table, "as it was", figures(answer.object("actual")));
        List<JsonObject> answers = answer.objects("candidates");
        for (int index = 0; index < answers.size(); index++) {
            row(table, text(candidates.get(index)), figures(answers.get(index).object(FIGURES)));
        }
        return table;
    }

    private static void row(Table table, String definition, JsonObject figures) {
        JsonObject waits = figures(figures.object(WAITS));
        table.row(
                definition,
                String.valueOf(figures.count("requests")),
                String.valueOf(figures.count("granted")),
                String.valueOf(figures.count("denied")),
                String.valueOf(figures.count("gaveUp")),
                seconds(waits, "p50"),
                seconds(waits, "p95"),
                seconds(waits, "p99"),
                seconds(waits, "max"),
                rounded(figures.numberOrZero("meanOccupied")),
                rounded(figures.numberOrZero("peakOccupied")),
                figures.numberOrZero("utilisation").movePointRight(2).setScale(0, RoundingMode.HALF_EVEN) + "%");
    }

    private static String seconds(JsonObject waits, String field) {
        return Ages.ofSeconds(waits.numberOrZero(field).doubleValue());
    }

    private static String rounded(BigDecimal number) {
        return number.setScale(1, RoundingMode.HALF_EVEN).toPlainString();
    }

    private void remarks(JsonObject answer, List<Map<String, Object>> candidates) {
        out().println(answer.count("commands") + " commands from " + answer.requiredText("from") + " to "
                + answer.requiredText("to") + " decided again.");
        List<JsonObject> answers = answer.objects("candidates");
        for (int index = 0; index < answers.size(); index++) {
            JsonObject candidate = answers.get(index);
            long assumed = candidate.count("assumedHolds");
            if (assumed > 0) {
                out().println(
                                text(candidates.get(index)) + ": " + assumed
                                        + " leases were never held in truth, or not yet over; they were taken to last as long as others did.");
            }
        }
        if (answers.size() == 1) {
            List<JsonObject> shifts = answers.get(0).objects("shifts");
            shifts.stream().limit(10).map(WhatIfCommand::shift).forEach(out()::println);
        }
    }

    private static String shift(JsonObject shift) {
        JsonObject was = figures(shift.object("was"));
        JsonObject wouldBe = figures(shift.object("wouldBe"));
        String who = LimitWords.holder(shift.get("name"));
        return Printable.of("  " + shift.requiredText("group") + " "
                + (who.isEmpty() ? "(none)" : who) + ": denied " + was.count("denied") + " -> "
                + wouldBe.count("denied")
                + ", mean wait "
                + Ages.ofSeconds(was.numberOrZero("meanWaitSeconds").doubleValue()) + " -> "
                + Ages.ofSeconds(wouldBe.numberOrZero("meanWaitSeconds").doubleValue()));
    }

    private void csv(JsonObject answer, List<Map<String, Object>> candidates) {
        out().println(
                        "definition,requests,granted,denied,gaveUp,waiting,waitMean,waitP50,waitP95,waitP99,waitMax,meanOccupied,"
                                + "peakOccupied,utilisation,grantedPerHour,denials,expired");
        csvRow("as it was", figures(answer.object("actual")));
        List<JsonObject> answers = answer.objects("candidates");
        for (int index = 0; index < answers.size(); index++) {
            csvRow(text(candidates.get(index)), figures(answers.get(index).object(FIGURES)));
        }
    }

    private void csvRow(String definition, JsonObject figures) {
        JsonObject waits = figures(figures.object(WAITS));
        List<String> cells = new ArrayList<>();
        cells.add('"' + definition.replace("\"", "\"\"") + '"');
        for (String field : List.of("requests", "granted", "denied", "gaveUp", "waiting")) {
            cells.add(String.valueOf(figures.count(field)));
        }
        for (String field : List.of("mean", "p50", "p95", "p99", "max")) {
            cells.add(waits.numberOrZero(field).toPlainString());
        }
        for (String field :
                List.of("meanOccupied", "peakOccupied", "utilisation", "grantedPerHour", "denials", "expired")) {
            cells.add(figures.numberOrZero(field).toPlainString());
        }
        out().println(String.join(",", cells));
    }

    private void sayWhichIsEnough(JsonObject answer, List<Map<String, Object>> candidates, BigDecimal bound) {
        List<JsonObject> answers = answer.objects("candidates");
        BigDecimal smallest = null;
        for (int index = 0; index < answers.size(); index++) {
            JsonObject figures = figures(answers.get(index).object(FIGURES));
            boolean isEnough =
                    figures(figures.object(WAITS)).numberOrZero("p99").compareTo(bound) < 0;
            Object limit = candidates.get(index).get(LIMIT_FIELD);
            if (isEnough && limit instanceof Number number) {
                BigDecimal one = new BigDecimal(number.toString());
                smallest = smallest == null ? one : smallest.min(one);
            }
        }
        say(
                smallest == null
                        ? "with none of them did 99 of 100 wait less than " + p99Below
                        : "limit " + smallest.toPlainString()
                                + " is the smallest of them with which 99 of 100 waited less than " + p99Below);
    }

    /** An empty object for one that is missing. */
    private static JsonObject figures(@Nullable JsonObject object) {
        return object == null ? new JsonObject(Map.of()) : object;
    }

    private static String text(Map<String, Object> candidate) {
        return candidate.entrySet().stream()
                .map(field -> field.getKey() + "="
                        + (field.getValue() instanceof String word ? word : Json.line(field.getValue())))
                .collect(Collectors.joining(" "));
    }

    private List<Map<String, Object>> candidates() {
        Map<String, Object> common = new LinkedHashMap<>();
        List<Long> limits = List.of();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw wrong("--set is '" + setting + "'; write a field and its value, such as limit=20");
            }
            String field = setting.substring(0, equals);
            String value = setting.substring(equals + 1);
            if (field.equals(LIMIT_FIELD) && value.contains("..")) {
                limits = range(value);
            } else if (field.equals("quota")) {
                common.put("quotas", List.of(QuotaText.parse(value).json()));
            } else {
                common.put(field, value(value));
            }
        }
        if (limits.isEmpty()) {
            return List.of(common);
        }
        return limits.stream()
                .map(limit -> {
                    Map<String, Object> candidate = new LinkedHashMap<>();
                    candidate.put(LIMIT_FIELD, limit);
                    candidate.putAll(common);
                    return candidate;
                })
                .toList();
    }

    private List<Long> range(String text) {
        String[] parts = text.split("\\.\\.|/", -1);
        try {
            long first = Long.parseLong(parts[0]);
            long last = Long.parseLong(parts[1]);
            long step = parts.length > 2 ? Long.parseLong(parts[2]) : 1;
            List<Long> limits = new ArrayList<>();
            for (long limit = first; limit <= last && step > 0 && limits.size() <= MOST_CANDIDATES; limit += step) {
                limits.add(limit);
            }
            if (!limits.isEmpty() && limits.size() <= MOST_CANDIDATES && parts.length <= 3) {
                return limits;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong("--set is 'limit=" + text + "'; write a range of at most " + MOST_CANDIDATES
                + " limits, such as limit=10..50/10 for each of 10, 20, 30, 40 and 50");
    }

    /** JSON, or a word that needs no quotes. */
    private static Object value(String text) {
        try {
            Object value = Json.value(text);
            return value == null ? text : value;
        } catch (IOException e) {
            return text;
        }
    }

    private Instant time(String option, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.now().minus(duration(option, text));
        }
    }

    private Duration duration(String option, String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(option + " is '" + text + "'; it must be a duration such as 30s, 5m or 2h"
                    + (option.equals("--p99-below") ? "" : ", or a time such as 2026-11-20T10:15:00Z"));
        }
    }
}
