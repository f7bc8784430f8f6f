package io.limitledger.gateway.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where the processor time of a command goes.
 *
 * @param what and how it was asked, such as {@code Kafka, 64}
 * @param micros of all processors for each command
 */
public record Profile(String what, double opsPerSecond, Map<Part, Double> micros) {
    static Profile of(String what, Figures figures, Map<Part, Double> nanos) {
        Map<Part, Double> micros = nanos.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue() / 1e3 / figures.operations()));
        return new Profile(what, figures.opsPerSecond(), micros);
    }

    /** In Markdown, a column for each. */
    public static String table(List<Profile> profiles) {
        StringBuilder table = new StringBuilder();
        table.append(row("us per command", profiles, Profile::what));
        table.append(row("---", profiles, profile -> "---"));
        Arrays.stream(Part.values())
                .forEach(part -> table.append(row(
                        part.toString(),
                        profiles,
                        profile -> format("%.1f", profile.micros().getOrDefault(part, 0.0)))));
        table.append(row("all", profiles, profile -> format("%.1f", profile.sum())));
        return table.append(row("commands per second", profiles, profile -> format("%.0f", profile.opsPerSecond())))
                .toString();
    }

    private double sum() {
        return micros.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static String row(String title, List<Profile> profiles, Function<Profile, String> cell) {
        return "| " + title + " | " + profiles.stream().map(cell).collect(Collectors.joining(" | ")) + " |\n";
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
