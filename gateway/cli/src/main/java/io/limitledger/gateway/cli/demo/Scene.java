package io.limitledger.gateway.cli.demo;

import io.limitledger.gateway.cli.demo.Part.Span;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The limits of a company as there are many, and who asks for them. Some are always full, some are idle, one is paused. */
final class Scene {
    private static final List<String> CUSTOMERS = List.of(
            "acme", "globex", "initech", "umbrella", "stark", "wayne", "tyrell", "cyberdyne", "hooli", "aperture");
    private static final List<String> TEAMS = List.of("vision", "language", "search", "ads");
    private static final Duration NOT_AT_ALL = Duration.ZERO;

    private Scene() {}

    /** Definitions by name, as the gateway takes them. */
    static Map<String, Map<String, Object>> limits() {
        Map<String, Map<String, Object>> limits = new LinkedHashMap<>();
        limits.put("database", Map.of("limit", 10));
        limits.put("database-reporting", Map.of("limit", 3, "maxWaiting", 50));
        limits.put("deploy-production", Map.of("limit", 1));
        limits.put("deploy-staging", Map.of("limit", 4));
        limits.put("gpu", Map.of("limit", 16, "order", "fair"));
        limits.put("import", Map.of("limit", 12, "perKey", Map.of("limit", 2)));
        limits.put("licences-matlab", Map.of("limit", 5));
        limits.put("mail", Map.of("quotas", List.of(Map.of("slots", 5_000, "per", "day", "zone", "Europe/Berlin"))));
        limits.put("maintenance", Map.of("limit", 0));
        limits.put("partner-api", Map.of("limit", 20, "slotDecayPerSecond", 5));
        limits.put("llm-requests", Map.of("quotas", List.of(Map.of("slots", 120, "perSeconds", 60))));
        limits.put("llm-tokens", Map.of("quotas", List.of(Map.of("slots", 100_000, "perSeconds", 60))));
        limits.put("search-index", Map.of("limit", 2, "whenFull", "replaceOldest", "maxWaiting", 4));
        limits.put("staging-cluster", Map.of("limit", 8, "active", false));
        limits.put(
                "uploads",
                Map.of(
                        "limit",
                        30,
                        "perKey",
                        Map.of("limit", 6, "quotas", List.of(Map.of("slots", 40, "perSeconds", 60)))));
        return limits;
    }

    /** Keys that may take other than all, by limit. */
    static Map<String, Map<String, Map<String, Object>>> overrides() {
        return Map.of("import", Map.of("acme", Map.of("limit", 5)), "uploads", Map.of("hooli", Map.of("limit", 12)));
    }

    static List<Habit> habits() {
        return List.of(
                new Habit(new Part("database", 1), 14, "web", wait(20), millis(2, 9), millis(1, 6)),
                new Habit(
                        new Part("database", new Span(2, 4), List.of()),
                        3,
                        "vacuum",
                        wait(60),
                        millis(6, 14),
                        millis(8, 20)),
                new Habit(new Part("database-reporting", 1), 7, "report", wait(60), millis(8, 25), millis(2, 10)),
                new Habit(new Part("deploy-production", 1), 4, "deploy", wait(300), millis(12, 30), millis(10, 40)),
                new Habit(new Part("deploy-production", 1), 1, "hotfix", wait(120), millis(6, 10), millis(40, 60))
                        .withPriority(600),
                new Habit(new Part("deploy-staging", 1), 5, "deploy", wait(60), millis(5, 15), millis(4, 20)),
                new Habit(new Part("gpu", new Span(1, 6), TEAMS), 12, "train", wait(120), millis(6, 20), millis(1, 8)),
                new Habit(
                        new Part("import", new Span(1, 1), CUSTOMERS),
                        18,
                        "import",
                        wait(30),
                        millis(3, 12),
                        millis(2, 8)),
                new Habit(new Part("licences-matlab", 1), 4, "simulation", NOT_AT_ALL, millis(10, 40), millis(5, 30)),
                new Habit(
                        new Part("mail", new Span(1, 20), List.of()),
                        2,
                        "newsletter",
                        NOT_AT_ALL,
                        none(),
                        millis(1, 3)),
                new Habit(new Part("maintenance", 1), 1, "cleanup", NOT_AT_ALL, millis(1, 2), millis(12, 25)),
                new Habit(new Part("partner-api", 1), 8, "sync", wait(2), none(), millis(1, 2)),
                new Habit(
                        new Part("partner-api", new Span(5, 15), List.of()),
                        2,
                        "backfill",
                        NOT_AT_ALL,
                        none(),
                        millis(3, 6)),
                new Habit(
                        List.of(new Part("llm-requests", 1), new Part("llm-tokens", new Span(400, 4_000), CUSTOMERS)),
                        7,
                        "chat",
                        wait(20),
                        millis(1, 5),
                        millis(1, 4),
                        0,
                        true),
                new Habit(new Part("search-index", 1), 7, "reindex", wait(60), millis(4, 9), millis(3, 10)),
                new Habit(new Part("staging-cluster", 1), 2, "smoke-test", NOT_AT_ALL, millis(3, 6), millis(5, 15)),
                new Habit(
                        new Part("uploads", new Span(1, 3), CUSTOMERS),
                        12,
                        "upload",
                        wait(10),
                        millis(2, 8),
                        millis(1, 5)));
    }

    private static Duration wait(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Span millis(int fromSeconds, int toSeconds) {
        return new Span(fromSeconds * 1_000L, toSeconds * 1_000L);
    }

    private static Span none() {
        return new Span(0, 0);
    }

    /** What the client of that number says of itself. */
    static Map<String, Object> holder(Habit habit, int number) {
        List<String> people = List.of("ana", "bo", "chen", "dara", "emil", "fatima");
        List<String> regions = List.of("eu", "us", "ap");
        Map<String, Object> holder = new LinkedHashMap<>();
        holder.put("job", habit.job());
        holder.put("host", habit.job() + "-" + number + "." + regions.get(number % regions.size()));
        if (!habit.isSpending()) {
            holder.put("user", people.get((number * 7 + habit.job().length()) % people.size()));
        }
        return holder;
    }

    /** The number of clients. */
    static int clients() {
        return habits().stream()
                .flatMapToInt(habit -> IntStream.of(habit.clients()))
                .sum();
    }
}
