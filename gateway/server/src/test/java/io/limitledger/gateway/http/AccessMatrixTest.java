package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.http.server.ServedRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every route that the server has, asked by every kind of caller. A route without an expectation fails, so that none is added
 * without a thought about who may use it.
 */
class AccessMatrixTest {
    private static final KnownTokens TOKENS = new KnownTokens();

    @RegisterExtension
    static final GatewayExtension GATEWAY = new GatewayExtension(TOKENS.gatekeeper());

    private static final String ADMIN = TOKENS.allow("admin", "admin:*");
    private static final String OWNER = TOKENS.allow("owner", "hold:team-*");

    /** In the order of the columns below. What they may do, they may on {@code team-*} and the tags {@code team-*}. */
    private static final Map<String, String> KNOWN = new java.util.LinkedHashMap<>();

    static {
        KNOWN.put("read", TOKENS.allow("reader", "read:team-*", "read:tag:team-*"));
        KNOWN.put("hold on another limit", TOKENS.allow("other", "hold:other-*"));
        KNOWN.put("hold", TOKENS.allow("holder", "hold:team-*", "hold:tag:team-*"));
        KNOWN.put("define", TOKENS.allow("definer", "define:team-*", "define:tag:team-*"));
        KNOWN.put("admin", ADMIN);
    }

    /** Headers of requests whose sender is not known. */
    private static final Map<String, String> UNKNOWN = Map.of(
            "no credentials", "X-Nothing: 1",
            "malformed", "Authorization: Nonsense",
            "malformed basic", "Authorization: Basic !!!",
            "empty", "Authorization: Bearer ",
            "wrong token", "Authorization: Bearer wrong-secret",
            "expired", "Authorization: Bearer " + TOKENS.expire("expired", "admin:*"),
            "revoked", "Authorization: Bearer " + TOKENS.revoke("revoked", "admin:*"));

    private static final String LIMITS = "/api/v2/concurrency_limits";
    private static final String TAGS = "/api/concurrency_limits";
    private static final String ANY_KNOWN = "200 200 200 200 200";

    /** This gateway's tokens are a test's own, so that an administrator learns that none are kept. */
    private static final String ONLY_ADMIN = "403 403 403 403 409";

    private static final String READS = "200 404 200 200 200";

    /** Operation, then the statuses for those that are known: read, hold on another limit, hold, define, admin; then the body. */
    private static final List<List<String>> EXPECTED = List.of(
            List.of("GET /v1/limits", ANY_KNOWN, ""),
            List.of("PUT /v1/limits/{name}", "403 404 403 200 200", "{\"limit\": 9}"),
            List.of("PATCH /v1/limits/{name}", "403 404 403 200 200", "{\"limit\": 9}"),
            List.of("GET /v1/limits/{name}", READS, ""),
            List.of("DELETE /v1/limits/{name}", "403 404 403 204 204", ""),
            List.of("POST /v1/limits/{name}/leases", "403 404 201 403 201", "{}"),
            List.of("GET /v1/limits/{name}/leases", READS, ""),
            List.of("GET /v1/limits/{name}/waiters", READS, ""),
            List.of("GET /v1/limits/{name}/keys", READS, ""),
            List.of("GET /v1/limits/{name}/keys/{key}", READS, ""),
            List.of("PUT /v1/limits/{name}/keys/{key}", "403 404 403 200 200", "{\"limit\": 2}"),
            List.of("DELETE /v1/limits/{name}/keys/{key}", "403 404 403 204 204", ""),
            List.of("GET /v1/limits/{name}/events", READS, ""),
            List.of("GET /v1/limits/{name}/trend", READS, ""),
            List.of("POST /v1/limits/{name}/what-if", "422 404 422 422 422", "{}"),
            List.of("GET /v1/events", ANY_KNOWN, ""),
            List.of("POST /v1/leases", "403 404 201 403 201", "{\"limits\": [\"team-a\"]}"),
            List.of("GET /v1/leases/{leaseId}", READS, ""),
            List.of("GET /v1/leases/{leaseId}/events", ANY_KNOWN, ""),
            List.of("POST /v1/leases/{leaseId}/renew", "403 410 403 403 200", "{}"),
            List.of("POST /v1/leases/{leaseId}/settle", "403 410 403 403 200", "{\"slots\": 1}"),
            List.of("DELETE /v1/leases/{leaseId}", "403 204 403 403 204", ""),
            List.of("GET /v1/whoami", ANY_KNOWN, ""),
            List.of("GET /v1/tokens", ONLY_ADMIN, ""),
            List.of("POST /v1/tokens", ONLY_ADMIN, "{\"name\": \"x\", \"allow\": []}"),
            List.of("GET /v1/tokens/{name}", ONLY_ADMIN, ""),
            List.of("DELETE /v1/tokens/{name}", ONLY_ADMIN, ""),
            List.of("POST /v1/tokens/{name}/rotate", ONLY_ADMIN, "{}"),
            List.of("GET /v1/rights", ONLY_ADMIN, ""),
            List.of("GET /v1/rights/{subject}", ONLY_ADMIN, ""),
            List.of("PUT /v1/rights/{subject}", ONLY_ADMIN, "{\"allow\": []}"),
            List.of("DELETE /v1/rights/{subject}", ONLY_ADMIN, ""),
            List.of("GET /v1/session", "426 426 426 426 426", ""),
            List.of("WEBSOCKET /v1/session", "101 101 101 101 101", ""),
            List.of("GET /healthz", ANY_KNOWN, ""),
            List.of("GET /readyz", ANY_KNOWN, ""),
            List.of("GET /metrics", "403 403 403 403 200", ""),
            List.of("GET /openapi.yaml", ANY_KNOWN, ""),
            List.of("GET /asyncapi.yaml", ANY_KNOWN, ""),
            List.of("GET /session.yaml", ANY_KNOWN, ""),
            List.of("GET /openapi.json", ANY_KNOWN, ""),
            List.of("GET /docs", ANY_KNOWN, ""),
            List.of("GET /", "302 302 302 302 302", ""),
            List.of("GET /console", "302 302 302 302 302", ""),
            List.of("GET /console/<file>", ANY_KNOWN, ""),
            List.of("GET /problems/{problem}", ANY_KNOWN, ""),
            List.of("GET /api/health", ANY_KNOWN, ""),
            List.of("GET /api/ready", ANY_KNOWN, ""),
            List.of("GET /api/csrf-token", "422 422 422 422 422", ""),
            List.of("GET /api/version", ANY_KNOWN, ""),
            List.of("GET /api/hello", ANY_KNOWN, ""),
            List.of("GET /api/admin/version", ANY_KNOWN, ""),
            List.of("GET /api/admin/settings", ANY_KNOWN, ""),
            List.of("POST /api/task_runs/filter", ANY_KNOWN, "{}"),
            List.of("POST " + TAGS + "/", "403 403 403 201 201", "{\"tag\": \"team-new\", \"concurrency_limit\": 1}"),
            List.of("GET " + TAGS + "/{id}", READS, ""),
            List.of("GET " + TAGS + "/tag/{tag}", READS, ""),
            List.of("POST " + TAGS + "/filter", ANY_KNOWN, "{}"),
            List.of("POST " + TAGS + "/tag/{tag}/reset", "403 404 403 403 200", "{}"),
            List.of("DELETE " + TAGS + "/{id}", "403 404 403 200 200", ""),
            List.of("DELETE " + TAGS + "/tag/{tag}", "403 404 403 200 200", ""),
            List.of("POST " + TAGS + "/increment", "403 403 200 403 200", taskRun()),
            List.of("POST " + TAGS + "/decrement", "403 403 200 403 200", taskRun()),
            List.of("POST " + LIMITS + "/", "403 403 403 201 201", "{\"name\": \"team-new\", \"limit\": 1}"),
            List.of("GET " + LIMITS + "/{id_or_name}", READS, ""),
            List.of("POST " + LIMITS + "/filter", ANY_KNOWN, "{}"),
            List.of("PATCH " + LIMITS + "/{id_or_name}", "403 404 403 204 204", "{\"limit\": 9}"),
            List.of("DELETE " + LIMITS + "/{id_or_name}", "403 404 403 204 204", ""),
            List.of("POST " + LIMITS + "/increment", "403 403 200 403 200", "{\"slots\": 1, \"names\": [\"team-a\"]}"),
            List.of("POST " + LIMITS + "/decrement", "403 403 200 403 200", "{\"slots\": 1, \"names\": [\"team-a\"]}"),
            List.of(
                    "POST " + LIMITS + "/increment-with-lease",
                    "403 403 200 403 200",
                    "{\"slots\": 1, \"names\": [\"team-a\"]}"),
            List.of("POST " + LIMITS + "/decrement-with-lease", "403 204 403 403 204", "{\"lease_id\": \"LEASE\"}"),
            List.of("POST " + LIMITS + "/leases/{lease_id}/renew", "403 410 403 403 204", "{\"lease_duration\": 60}"),
            // Whoever connects must then say who it is.
            List.of("WEBSOCKET /api/events/in", "101 101 101 101 101", ""));

    private static String taskRun() {
        return "{\"names\": [\"team-t\"], \"task_run_id\": \"1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01\"}";
    }

    private static final String NOWHERE = "404 404 404 404 404";

    @Test
    void hasAnExpectationForEachRouteAndForNoOther() {
        // given
        TreeSet<String> expected = new TreeSet<>();
        EXPECTED.forEach(row -> expected.add(row.get(0)));

        // when
        TreeSet<String> served = new TreeSet<>();
        routes().map(AccessMatrixTest::operation).forEach(served::add);

        // then
        assertThat(served).isEqualTo(expected);
    }

    @TestFactory
    Stream<DynamicTest> answersEachCallerAsItShould() {
        Map<String, List<String>> expected = new HashMap<>();
        EXPECTED.forEach(row -> expected.put(row.get(0), row));
        return GATEWAY.server().routes().stream()
                .map(route -> DynamicTest.dynamicTest(route.operation(), () -> {
                    List<String> row =
                            isCatchAll(route) ? List.of(operation(route), NOWHERE, "") : expected.get(operation(route));
                    assertThat(statuses(route, row.get(2))).isEqualTo(expected(route, row.get(1)));
                }));
    }

    /** Of those that are known and those that are not, by caller. */
    private static Map<String, String> expected(ServedRoute route, String ofKnown) {
        Map<String, String> expected = new HashMap<>();
        List<String> callers = List.copyOf(KNOWN.keySet());
        String[] statuses = ofKnown.split(" ", -1);
        for (int column = 0; column < statuses.length; column++) {
            expected.put(callers.get(column), statuses[column]);
        }
        boolean isPublic = route.need().kind() == Need.Kind.PUBLIC;
        UNKNOWN.keySet().forEach(caller -> expected.put(caller, isPublic ? statuses[0] : "401"));
        return expected;
    }

    private static Map<String, String> statuses(ServedRoute route, String body) {
        Map<String, String> statuses = new HashMap<>();
        KNOWN.forEach((caller, token) -> statuses.put(caller, status(route, body, "Authorization: Bearer " + token)));
        UNKNOWN.forEach((caller, header) -> statuses.put(caller, status(route, body, header)));
        return statuses;
    }

    private static String status(ServedRoute route, String body, String header) {
        GATEWAY.ledger().clear();
        as(ADMIN, "PUT", "/v1/limits/team-a", "{\"limit\": 10, \"slotDecayPerSecond\": 1, \"perKey\": {\"limit\": 5}}");
        String tag = as(ADMIN, "PUT", "/v1/limits/tag:team-t", "{\"limit\": 10}")
                .json()
                .path("id")
                .asText();
        String leaseId = as(OWNER, "POST", "/v1/limits/team-a/leases", "{}")
                .json()
                .path("leaseId")
                .asText();
        String path = route.path()
                .replace("{name}", "team-a")
                .replace("{id_or_name}", "team-a")
                .replace("{key}", "k")
                .replace("{leaseId}", leaseId)
                .replace("{lease_id}", leaseId)
                .replace("{id}", tag)
                .replace("{tag}", "team-t")
                .replace("{subject}", "anyone")
                .replace("{problem}", "forbidden")
                .replace("{account}", UUID.randomUUID().toString())
                .replace("{workspace}", UUID.randomUUID().toString())
                .replace("<file>", "api.js")
                .replace("<path>", "nowhere");
        List<String> head = new ArrayList<>(List.of("Host: localhost", header));
        String method = route.method();
        if (method.equals("WEBSOCKET")) {
            method = "GET";
            head.addAll(List.of(
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        } else {
            head.add("Connection: close");
        }
        String json = body.replace("LEASE", leaseId);
        if (!json.isEmpty()) {
            head.addAll(List.of("Content-Type: application/json", "Content-Length: " + json.length()));
        }
        String status = RawHttp.statusLine(
                GATEWAY.server().port(),
                method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", head) + "\r\n\r\n" + json);
        return status.split(" ", -1)[1];
    }

    private static GatewayExtension.Reply as(String token, String method, String path, String json) {
        return GATEWAY.sendAs(token, method, path, json);
    }

    private static Stream<ServedRoute> routes() {
        return GATEWAY.server().routes().stream().filter(route -> !isCatchAll(route));
    }

    /** Those that take what no other takes. */
    private static boolean isCatchAll(ServedRoute route) {
        return route.path().equals("/api") || route.path().equals("/api/<path>");
    }

    /** A HEAD is answered as its GET, and a workspace as the whole. */
    private static String operation(ServedRoute route) {
        return route.operation()
                .replaceFirst("^HEAD ", "GET ")
                .replace("/api/accounts/{account}/workspaces/{workspace}", "/api");
    }
}
