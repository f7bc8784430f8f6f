package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no route takes as they are. Each gets its problem, and the next good request works. */
class GarbageTest {
    private static final String LEASE = "/v1/leases/1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01";
    private static final List<String> WITH_BODY =
            List.of("PUT /v1/limits/a", "PATCH /v1/limits/a", "POST /v1/limits/a/leases", "POST " + LEASE + "/renew");
    private static final List<String> BROKEN = List.of(
            "{",
            "[]",
            "null",
            "nul",
            "'x'",
            "5",
            "\u0000",
            "{\"limit\": 1, \"limit\": 2}",
            "{} {}",
            "{limit: 1}",
            "{\"limit\": NaN}",
            "{\"limit\": 1e2147483648}",
            "1e-2147483649",
            "{\"\\ud800\": 1}",
            "{\"a\":".repeat(60) + "1" + "}".repeat(60));

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @AfterEach
    void theNextGoodRequestWorks() {
        assertThat(gateway.put("/v1/limits/good", "{\"limit\": 1}").status()).isEqualTo(201);
    }

    private Stream<Reply> sendToAll(String body) {
        return WITH_BODY.stream().map(route -> route.split(" ")).map(route -> gateway.send(route[0], route[1], body));
    }

    @Test
    void refusesWhatIsNoJsonObject() {
        for (String body : BROKEN) {
            assertThat(sendToAll(body))
                    .describedAs(body)
                    .allSatisfy(reply -> assertThat(reply.problem()).isEqualTo("unreadable-body"));
        }
    }

    @Test
    void reportsWhereTheJsonBreaks() {
        // when
        Reply reply = gateway.put("/v1/limits/a", "{\n  limit: 1}");

        // then
        assertThat(reply.json().path("detail").asText())
                .isEqualTo("Expected a JSON object, but Unexpected character at line 2, column 3");
    }

    @Test
    void reportsTheFirstMistakesOfMany() {
        // given
        String names = IntStream.range(0, 90).mapToObj(i -> "\"a/" + i + "\"").collect(Collectors.joining(","));

        // when
        Reply reply = gateway.post("/v1/leases", "{\"limits\": [" + names + "]}");

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors").size()).isEqualTo(20);
        assertThat(reply.json().path("detail").asText()).contains("more");
    }

    @Test
    void namesTheBoundOfABody() {
        // when
        Reply reply = gateway.put("/v1/limits/a", " ".repeat(3_000_000));

        // then
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().path("detail").asText()).contains("65536 bytes");
    }

    @Test
    void readsNoPackedBodies() {
        // when
        Reply reply = gateway.send(gateway.request("/v1/limits/a")
                        .header("Content-Encoding", "gzip")
                        .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("{}"))
                        .build())
                .join();

        // then
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.json().path("detail").asText()).contains("gzip").contains("without Content-Encoding");
    }

    @Test
    void namesTheRouteThatCreatesALimit() {
        // when
        Reply reply = gateway.post("/v1/limits", "{}");

        // then
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).contains("GET");
        assertThat(reply.json().path("detail").asText()).contains("POST /v1/limits", "PUT /v1/limits/{name}");
    }

    @Test
    void refusesAnEmptyBodyWhereOneIsNeeded() {
        assertThat(gateway.put("/v1/limits/a", null).problem()).isEqualTo("unreadable-body");
        assertThat(gateway.patch("/v1/limits/a", "  ").problem()).isEqualTo("unreadable-body");
    }

    @Test
    void reportsAllMistakesOfABodyAtOnce() {
        // when
        Reply reply = gateway.post(
                "/v1/limits/a%2Fb/leases",
                "{\"slots\": 0, \"leaseSeconds\": \"long\", \"waitSeconds\": null, \"leaseId\": \"1-1-1-1-1\","
                        + " \"holder\": [], \"color\": \"red\"}");

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors").findValuesAsText("field"))
                .containsExactly("name", "leaseSeconds", "waitSeconds", "leaseId", "holder", "color", "slots");
        assertThat(reply.json().path("errors").findValuesAsText("message"))
                .allSatisfy(
                        message -> assertThat(message).startsWith("Expected").contains("but"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|limit",
                "{\"limit\": \"ten\"}|limit",
                "{\"limit\": 1.5}|limit",
                "{\"limit\": -1}|limit",
                "{\"limit\": 2147483648}|limit",
                "{\"limit\": 99999999999999999999}|limit",
                "{\"limit\": 1e999999999}|limit",
                "{\"limit\": null}|limit",
                "{\"limit\": 1, \"active\": 1}|active",
                "{\"limit\": 1, \"slotDecayPerSecond\": -1}|slotDecayPerSecond",
                "{\"limit\": 1, \"slotDecayPerSecond\": 1e-400}|slotDecayPerSecond",
                "{\"limit\": 1, \"slotDecayPerSecond\": -1e-400}|slotDecayPerSecond",
                "{\"limit\": 1, \"slotDecayPerSecond\": 1e999999999}|slotDecayPerSecond",
                "{\"limit\": 1, \"slotDecayPerSecond\": true}|slotDecayPerSecond",
                "{\"limit\": 1, \"Limit\": 1}|Limit",
            })
    void refusesAMistakenDefinition(String body, String field) {
        // when
        Reply reply = gateway.put("/v1/limits/a", body);

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors").findValuesAsText("field")).containsExactly(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"leaseSeconds\": 0.5}|leaseSeconds",
                "{\"leaseSeconds\": 1e-500000000}|leaseSeconds",
                "{\"leaseSeconds\": 1e500000000}|leaseSeconds",
                "{\"leaseSeconds\": 2592001}|leaseSeconds",
                "{\"waitSeconds\": -1e-500000000}|waitSeconds",
                "{\"waitSeconds\": 3601}|waitSeconds",
                "{\"leaseId\": \"database\"}|leaseId",
                "{\"holder\": \"\\ud800\"}|holder",
                "{\"holder\": 5}|holder",
                "{\"holder\": {\"pid\": 1e400}}|holder",
                "{\"holder\": {\"pid\": [0.1234567890123456789]}}|holder",
            })
    void refusesAMistakenAcquire(String body, String field) {
        // given
        gateway.put("/v1/limits/a", "{\"limit\": 1}");

        // when
        Reply reply = gateway.post("/v1/limits/a/leases", body);

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors").findValuesAsText("field")).containsExactly(field);
    }

    @Test
    void boundsTheLengthOfAHolder() {
        // given
        gateway.put("/v1/limits/a", "{\"limit\": 1}");

        // when
        Reply longest = gateway.post("/v1/limits/a/leases", "{\"holder\": \"" + "x".repeat(2_046) + "\"}");
        Reply tooLong = gateway.post("/v1/limits/a/leases", "{\"holder\": \"" + "x".repeat(2_047) + "\"}");

        // then
        assertThat(longest.status()).isEqualTo(201);
        assertThat(tooLong.status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(ints = {65_537, 200_000, 10_000_000})
    void refusesALargeBody(int size) {
        // given
        byte[] body = " ".repeat(size).getBytes(StandardCharsets.UTF_8);

        // when
        Reply reply = put(BodyPublishers.ofByteArray(body), "application/json");

        // then
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.problem()).isEqualTo("body-too-large");
    }

    @Test
    void refusesALargeBodyOfUnknownLength() {
        // given
        byte[] body = " ".repeat(RequestLimits.MAX_BODY_BYTES + 1).getBytes(StandardCharsets.UTF_8);

        // when
        Reply reply = put(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)), "application/json");

        // then
        assertThat(reply.problem()).isEqualTo("body-too-large");
    }

    @Test
    void refusesOtherTypesOfBodies() {
        // when
        Reply reply = put(BodyPublishers.ofString("{\"limit\": 1}"), "text/plain");

        // then
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.problem()).isEqualTo("unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Application/JSON; charset=utf-8", "application/json; charset=nonsense"})
    void takesVariantsOfJson(String type) {
        // when
        Reply reply = put(BodyPublishers.ofString("{\"limit\": 1}"), type);

        // then
        assertThat(reply.status()).isEqualTo(201);
    }

    private Reply put(HttpRequest.BodyPublisher body, String type) {
        return gateway.send(gateway.request("/v1/limits/a")
                        .PUT(body)
                        .header("Content-Type", type)
                        .build())
                .join();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/v1/limits|GET, HEAD",
                "POST|/v1/limits/a|GET, PUT, PATCH, DELETE, HEAD",
                "PUT|/v1/limits/a/leases|GET, POST, HEAD",
                "DELETE|/v1/limits/a/waiters|GET, HEAD",
                "PATCH|" + LEASE + "|GET, DELETE, HEAD",
                "GET|/v1/leases|POST",
                "GET|" + LEASE + "/renew|POST",
                "DELETE|/healthz|GET, HEAD",
                "FOO|/metrics|GET, HEAD",
                "OPTIONS|/v1/limits|GET, HEAD",
            })
    void reportsTheMethodsOfARoute(String method, String path, String allowed) {
        // when
        Reply reply = gateway.send(method, path, null);

        // then
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.problem()).isEqualTo("method-not-allowed");
        assertThat(reply.header("Allow").split(", ")).containsExactlyInAnyOrder(allowed.split(", "));
    }

    @ParameterizedTest
    @CsvSource({"/nothing", "/v1", "/v1/limits/a/b", "/v2/limits", "//v1/limits", "/v1/leases/a/b"})
    void findsNoRoute(String path) {
        // when
        Reply reply = gateway.get(path);

        // then
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.problem()).isEqualTo("route-not-found");
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "DELETE, ''", "POST, /renew"})
    void refusesALeaseIdThatIsNone(String method, String rest) {
        // when
        Reply reply = gateway.send(method, "/v1/leases/1-1-1-1-1" + rest, null);

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors").findValuesAsText("field")).containsExactly("leaseId");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/limits/100%, 422",
        "/v1/limits/%zz, 422",
        "/v1/limits/%u0041, 422",
        "/v1/limits/a%2/leases, 422",
        "/v1/leases/100%, 422",
        "/%, 404",
        "/docs%, 404"
    })
    void takesAPercentSignThatEncodesNothingForOne(String address, int status) {
        // when
        String reply = RawHttp.get(gateway.server().port(), address);

        // then
        assertThat(reply).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void answersHeadLikeGetWithoutTheBody() {
        // when
        Reply there = gateway.send("HEAD", "/healthz", null);
        Reply notThere = gateway.send("HEAD", "/v1/limits/nothing", null);

        // then
        assertThat(there.status()).isEqualTo(200);
        assertThat(notThere.status()).isEqualTo(404);
        assertThat(there.text() + notThere.text()).isEmpty();
    }

    @Test
    void answersBrokenHttpInJson() {
        List<String> requests = List.of(
                "hello\r\n\r\n",
                "GET /healthz HTTP/1.1\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /healthz HTTP/91.1\r\nHost: localhost\r\n\r\n",
                "PUT /v1/limits/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: gzip\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(20_000) + "\r\n\r\n",
                "GET /" + "y".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "PUT /v1/limits/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n");
        for (String request : requests) {
            assertThat(RawHttp.send(gateway.server().port(), request))
                    .describedAs(request.substring(0, Math.min(40, request.length())))
                    .startsWith("HTTP/1.1 4")
                    .contains("Connection: close")
                    .contains("Content-Type: application/problem+json", "\"type\":\"/problems/unreadable-")
                    .doesNotContain("<html", "Exception");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/limits/a/leases", "/api/v2/concurrency_limits/increment"})
    void takesABodyThatBreaksOffForTheClientsMistake(String path) {
        // when
        String answer = RawHttp.sendAndShut(
                gateway.server().port(),
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");

        // then
        assertThat(answer).startsWith("HTTP/1.1 400 ");
        await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1).allMatch(line -> line.endsWith(" 400")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/limits/a/leases", "/api/v2/concurrency_limits/increment"})
    void endsARequestWhoseClientHangsUpInItsBody(String path) throws IOException {
        // when
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), gateway.server().port())) {
            String request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{";
            client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            client.setSoLinger(true, 0);
        }

        // then
        await().until(() -> gateway.observed().size() == 1 && gateway.server().underWay() == 0);
    }
}
