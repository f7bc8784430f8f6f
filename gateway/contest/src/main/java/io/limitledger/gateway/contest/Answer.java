package io.limitledger.gateway.contest;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Figures by name: what a client process reports of an order, as one line. */
record Answer(Map<String, Double> figures) {
    private static final String MARK = "= ";

    static Answer none() {
        return new Answer(Map.of());
    }

    /** Null for a line of anything else that the process prints. */
    static @Nullable Answer parse(String line) {
        if (!line.startsWith(MARK)) {
            return null;
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        Arrays.stream(line.substring(MARK.length()).split(" ", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.split("=", 2))
                .forEach(pair -> figures.put(pair[0], Double.valueOf(pair[1])));
        return new Answer(figures);
    }

    Answer with(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(figures);
        more.put(name, value);
        return new Answer(more);
    }

    Answer with(String name, long value) {
        return with(name, (double) value);
    }

    double get(String name) {
        return figures.getOrDefault(name, Double.NaN);
    }

    String line() {
        return MARK
                + figures.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" "));
    }
}
