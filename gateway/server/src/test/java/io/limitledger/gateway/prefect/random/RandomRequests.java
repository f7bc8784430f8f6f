package io.limitledger.gateway.prefect.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Requests to all routes, most of them sensible, and some with anything in any place. For many threads. */
public final class RandomRequests {
    private static final String[] ODD_VALUES = {
        "null",
        "true",
        "false",
        "0",
        "1",
        "-1",
        "1.5",
        "2.0",
        "\"7\"",
        "\"seven\"",
        "\"\"",
        "\"a/b\"",
        "[]",
        "[1]",
        "{}",
        "{\"a\": 1}",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e400",
        "1e30",
        "99999999999999999999999",
        "2147483648",
        "\"yes\"",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "\"\uD83D\uDE00\"",
        "\"\\n\"",
        "1e-12",
        "\"nan\"",
        "\"5f1b9a4e\"",
        "[[[[]]]]",
        "[\"a\", null]",
        "[\"\\udfff\"]",
        "{\"type\": \"flow_run\", \"id\": \"x\"}"
    };
    private static final String[] ODD_BODIES = {
        "",
        "nope",
        "{",
        "[",
        "[1]",
        "7",
        "null",
        "\"text\"",
        "{\"a\": 1,}",
        "{\"slots\": 1 \"names\": []}",
        "\"\\x\"",
        "{}"
    };
    private static final String[] METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    private static final String[] PATHS = {
        "/v2/concurrency_limits",
        "/v2/concurrency_limits/a/",
        "/v2/concurrency_limits/a/b",
        "/nowhere",
        "/health/",
        "/v2/concurrency_limits/leases/x/renew",
        "/concurrency_limits/none",
        "/concurrency_limits/tag/",
        "/v2/concurrency_limits/%20",
        "/v2/concurrency_limits/%C3%A4",
        "/v2/concurrency_limits/a%2Fb",
        "/v2/concurrency_limits/;x",
        "/hello?x=1"
    };

    private final Random random;
    private final List<UUID> leases = new ArrayList<>();
    private final List<String> limitIds = new ArrayList<>();

    /**
     * A request.
     *
     * @param fine the schema of its reply where all is well
     */
    public record Request(String method, String path, String body, String fine) {}

    public RandomRequests(long seed) {
        this.random = new Random(seed);
    }

    /** JSON, or nearly, that is odd in most places. */
    public static List<String> oddValues() {
        return List.of(ODD_VALUES);
    }

    /** Leases that were granted are renewed and released later. */
    synchronized void granted(UUID leaseId) {
        leases.add(leaseId);
    }

    synchronized void created(String limitId) {
        limitIds.add(limitId);
    }

    /** From 0 on, less than this. */
    synchronized int number(int bound) {
        return random.nextInt(bound);
    }

    public synchronized Request next() {
        if (chance(30)) {
            return new Request(pick(METHODS), "/api" + pick(PATHS), chance(2) ? null : pick(ODD_BODIES), "anything");
        }
        Request request = sensible();
        return chance(15) && request.body() != null
                ? new Request(request.method(), request.path(), pick(ODD_BODIES), request.fine())
                : request;
    }

    private Request sensible() {
        return switch (random.nextInt(16)) {
            case 0 ->
                post(
                        "/v2/concurrency_limits/",
                        model(field("name", name()), count("limit"), decay(), active()),
                        "limit");
            case 1 -> new Request("GET", limit(), null, "limit");
            case 2 -> post("/v2/concurrency_limits/filter", model(count("limit"), count("offset")), "limits");
            case 3 ->
                new Request("PATCH", limit(), model(count("limit"), count("active_slots"), decay(), rename()), "null");
            case 4 -> chance(3) ? new Request("DELETE", limit(), null, "null") : acquire();
            case 5, 6 ->
                post("/v2/concurrency_limits/increment", model(slots(), names("names"), mode()), "minimal limits");
            case 7, 8, 9 -> acquire();
            case 10 ->
                post("/v2/concurrency_limits/decrement", model(slots(), names("names"), occupancy()), "minimal limits");
            case 11 ->
                post("/v2/concurrency_limits/decrement-with-lease", model(field("lease_id", quoted(lease()))), "null");
            case 12 -> post("/v2/concurrency_limits/leases/" + lease() + "/renew", model(duration()), "null");
            case 13 ->
                post("/concurrency_limits/", model(field("tag", name()), count("concurrency_limit")), "tag limit");
            case 14 -> tagRead();
            default ->
                post(
                        "/concurrency_limits/" + (chance(2) ? "increment" : "decrement"),
                        model(names("names"), field("task_run_id", quoted(run()))),
                        "minimal limits");
        };
    }

    private Request acquire() {
        String holder = field("holder", "{\"type\": \"task_run\", \"id\": \"" + run() + "\"}");
        return post(
                "/v2/concurrency_limits/increment-with-lease",
                model(slots(), names("names"), mode(), duration(), holder),
                "lease");
    }

    private Request tagRead() {
        return switch (random.nextInt(4)) {
            case 0 -> new Request("GET", "/api/concurrency_limits/tag/" + letter(), null, "tag limit");
            case 1 -> post("/concurrency_limits/filter", model(count("limit")), "tag limits");
            case 2 ->
                post(
                        "/concurrency_limits/tag/" + letter() + "/reset",
                        model(field("slot_override", "[\"" + run() + "\"]")),
                        "null");
            default -> new Request("DELETE", "/api/concurrency_limits/tag/" + letter(), null, "null");
        };
    }

    private static Request post(String path, String body, String fine) {
        return new Request("POST", "/api" + path, body, fine);
    }

    private String model(String... fields) {
        List<String> kept = new ArrayList<>();
        for (String field : fields) {
            if (!field.isEmpty() && !chance(40)) {
                kept.add(field);
            }
        }
        if (chance(30)) {
            kept.add("\"colour\": " + pick(ODD_VALUES));
        }
        return "{" + String.join(", ", kept) + "}";
    }

    private String field(String name, String value) {
        return "\"" + name + "\": " + (chance(12) ? pick(ODD_VALUES) : value);
    }

    private String count(String name) {
        return chance(3) ? "" : field(name, Integer.toString(random.nextInt(12)));
    }

    private String slots() {
        return field("slots", Integer.toString(1 + random.nextInt(4)));
    }

    private String names(String name) {
        List<String> names = new ArrayList<>();
        for (int count = random.nextInt(4); count >= 0; count--) {
            names.add(name());
        }
        return field(name, names.toString());
    }

    private String name() {
        return quoted((chance(3) ? "tag:" : "") + letter());
    }

    private String rename() {
        return chance(6) ? field("name", name()) : "";
    }

    private String decay() {
        return chance(2) ? "" : field("slot_decay_per_second", Double.toString(random.nextInt(4) / 2.0));
    }

    private String active() {
        return chance(4) ? field("active", Boolean.toString(chance(2))) : "";
    }

    private String mode() {
        return chance(2) ? "" : field("mode", chance(3) ? "\"rate_limit\"" : "\"concurrency\"");
    }

    private String duration() {
        return chance(2) ? "" : field("lease_duration", Integer.toString(60 + random.nextInt(100)));
    }

    private String occupancy() {
        return chance(2) ? "" : field("occupancy_seconds", Double.toString(random.nextInt(50) / 10.0));
    }

    private String limit() {
        boolean isById = !limitIds.isEmpty() && chance(2);
        return "/api/v2/concurrency_limits/" + (isById ? limitIds.get(random.nextInt(limitIds.size())) : letter());
    }

    private String lease() {
        return (leases.isEmpty() || chance(6)
                        ? new UUID(random.nextLong(), random.nextLong())
                        : leases.get(random.nextInt(leases.size())))
                .toString();
    }

    private String run() {
        return new UUID(7, random.nextInt(5)).toString();
    }

    private String letter() {
        return Character.toString('a' + random.nextInt(6));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private String pick(String... all) {
        return all[random.nextInt(all.length)];
    }

    /** True one time in {@code n}. */
    private boolean chance(int many) {
        return random.nextInt(many) == 0;
    }
}
