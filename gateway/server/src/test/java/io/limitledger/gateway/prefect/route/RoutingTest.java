package io.limitledger.gateway.prefect.route;

import static io.limitledger.gateway.prefect.PrefectServer.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.client.NotSentException;
import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.gateway.http.RawHttp;
import io.limitledger.gateway.prefect.PrefectServer;
import io.limitledger.gateway.prefect.PrefectServer.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a request finds its route, and what is the same on all of them. */
@Tag("broker")
class RoutingTest {
    private static final String LIMIT = "{\"name\": \"database\", \"limit\": 1}";

    @RegisterExtension
    final PrefectServer server = new PrefectServer();

    @ParameterizedTest
    @CsvSource({
        "POST, /v2/concurrency_limits, /v2/concurrency_limits/",
        "GET, /v2/concurrency_limits, /v2/concurrency_limits/",
        "GET, /v2/concurrency_limits/database/, /v2/concurrency_limits/database",
        "POST, /v2/concurrency_limits/filter/, /v2/concurrency_limits/filter",
        "POST, /v2/concurrency_limits/filter/?a=b, /v2/concurrency_limits/filter?a=b",
        "POST, /concurrency_limits, /concurrency_limits/",
        "GET, /health/, /health"
    })
    void theOtherSlashIsARedirect(String method, String path, String location) {
        // when
        Reply reply = server.send(method, "/api" + path, null);

        // then
        assertThat(reply.status()).isEqualTo(307);
        assertThat(reply.text()).isEmpty();
        assertThat(reply.header("Location")).isEqualTo("http://127.0.0.1:" + server.port() + "/api" + location);
    }

    @Test
    void aRedirectKeepsTheHostThatWasAsked() {
        // when
        String reply = RawHttp.send(
                server.port(),
                "GET " + LIMITS + "/a%20b/?c=d HTTP/1.1\r\nHost: localhost:81\r\nConnection: close\r\n\r\n");

        // then
        assertThat(reply).contains("Location: http://localhost:81" + LIMITS + "/a%20b?c=d\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"what\\\\?", "{a}", "[a]", "a|b", "a^b", "`a`", "a;b"})
    void clientsNeedNotEncodeAllThatNamesMayHave(String name) {
        // given
        server.create(name, "\"limit\": 1");

        // when
        String reply = RawHttp.get(
                server.port(), LIMITS + "/" + name.replace("\\\\", "\\").replace("?", "%3F"));

        // then
        assertThat(reply).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2/concurrency_limits/, POST",
        "PUT, /v2/concurrency_limits/database, GET",
        "POST, /v2/concurrency_limits/database, GET",
        "PUT, /v2/concurrency_limits/filter, GET",
        "HEAD, /v2/concurrency_limits/database, GET",
        "OPTIONS, /v2/concurrency_limits/database, GET",
        "HEAD, /health, GET",
        "GET, /v2/concurrency_limits/leases/5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10/renew, POST",
        "PUT, /concurrency_limits/, POST",
        "GET, /concurrency_limits/filter, POST",
        "POST, /admin/version, GET"
    })
    void anotherMethodIsNotAllowed(String method, String path, String allowed) {
        // when
        Reply reply = server.send(method, "/api" + path, null);

        // then
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo(allowed);
        if (!method.equals("HEAD")) {
            assertThat(reply.detail()).isEqualTo("Method Not Allowed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/",
                "/api/nowhere",
                "/api/v2/concurrency_limits/a/b",
                "/api/v2/concurrency_limits/a%2Fb",
                "/api/accounts/a/health",
                "/api/flows/filter"
            })
    void whatIsNoRouteIsNotFound(String path) {
        // when
        Reply reply = server.get(path);

        // then
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).isEqualTo("{\"detail\":\"Not Found\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%", "%zz", "a%2", "%", "%%%", "%u0041"})
    void aPercentSignThatEncodesNothingIsPartOfAName(String name) {
        // when
        String reply = RawHttp.send(
                server.port(),
                "PATCH " + LIMITS + "/" + name + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"limit\":3}");

        // then
        assertThat(reply).startsWith("HTTP/1.1 404").endsWith("{\"detail\":\"Concurrency Limit not found\"}");
    }

    @Test
    void accountsAndWorkspacesMayBeginThePath() {
        // given
        String workspace = "/api/accounts/5f1b/workspaces/0c9d";

        // when
        Reply created = server.post(workspace + "/v2/concurrency_limits/", LIMIT);
        Reply redirected = server.get(workspace + "/v2/concurrency_limits/database/");

        // then
        assertThat(created.status()).isEqualTo(201);
        assertThat(server.get(LIMITS + "/database").status()).isEqualTo(200);
        assertThat(server.get(workspace + "/v2/concurrency_limits/database").status())
                .isEqualTo(200);
        assertThat(redirected.header("Location")).endsWith(workspace + "/v2/concurrency_limits/database");
    }

    @ParameterizedTest
    @CsvSource({
        "0.8.0, 404",
        "0.8.4, 404",
        "1.0.0, 404",
        "0.10.1, 404",
        "'', 404",
        "0.7.9, 400",
        "0.8, 400",
        "0.8.x, 400",
        "latest, 400",
        "0.8.4.1, 400"
    })
    void clientsMustNotBeTooOld(String version, int status) {
        // when
        Reply reply = server.send(server.request(LIMITS + "/nowhere")
                .header("X-PREFECT-API-VERSION", version)
                .build());

        // then
        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void aClientThatIsTooOldLearnsTheOldestVersion() {
        // when
        Reply reply = server.send(server.request("/api/ready")
                .header("X-PREFECT-API-VERSION", "0.7.0")
                .build());

        // then
        assertThat(reply.detail())
                .isEqualTo("The request specified API version 0.7.0 but this server requires version 0.8.0 or higher.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ready",
                "/hello",
                "/admin/version",
                "/admin/settings",
                "/csrf-token?client=5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10",
                "/concurrency_limits/tag/a"
            })
    void mostRoutesAnswerNoClientThatIsTooOld(String path) {
        // when
        Reply reply = server.send(server.request("/api" + path)
                .header("X-PREFECT-API-VERSION", "0.1.0")
                .build());

        // then
        assertThat(reply.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/version"})
    void someRoutesAnswerClientsOfAnyVersion(String path) {
        // when
        Reply reply = server.send(server.request("/api" + path)
                .header("X-PREFECT-API-VERSION", "0.1.0")
                .build());

        // then
        assertThat(reply.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "application/problem+json"})
    void jsonIsTaken(String contentType) {
        // when
        Reply reply = post(contentType, LIMIT);

        // then
        assertThat(reply.status()).isEqualTo(201);
    }

    @Test
    void aBodyThatDoesNotSayWhatItIsIsJson() {
        // when
        Reply reply = server.send(server.request(LIMITS + "/")
                .POST(BodyPublishers.ofString(LIMIT))
                .build());

        // then
        assertThat(reply.status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
    void anythingElseIsText(String contentType) {
        // when
        Reply reply = post(contentType, LIMIT);

        // then
        assertThat(reply.firstMistake())
                .isEqualTo("422 model_attributes_type [\"body\"] Input should be a valid dictionary or object to"
                        + " extract fields from");
        assertThat(reply.json().path("request_body").asText()).isEqualTo(LIMIT);
    }

    @Test
    void aBodyThatIsNoTextCannotBeParsed() {
        // when
        Reply reply = server.send(server.request(LIMITS + "/")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xC3, '"'}))
                .build());

        // then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).isEqualTo("There was an error parsing the body");
    }

    @Test
    void aBodyThatIsTooDeepCannotBeParsed() {
        // when
        Reply reply = server.post(LIMITS + "/", "[".repeat(20_000));

        // then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).isEqualTo("There was an error parsing the body");
    }

    @Test
    void pagesElsewhereMayNotAsk() {
        // given
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "origin");

        // when
        Reply preflight = server.send(server.request(LIMITS + "/database")
                .header("Origin", "http://example.org")
                .header("Access-Control-Request-Method", "PATCH")
                .method("OPTIONS", BodyPublishers.noBody())
                .build());

        // then
        assertThat(preflight.status()).isEqualTo(403);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"3, gzip", "2, "})
    void longAnswersAreCompressed(int limits, String encoding) {
        // given
        for (int limit = 0; limit < limits; limit++) {
            server.create("limit" + limit, "\"limit\": 1");
        }

        // when
        Reply reply = server.send(server.request(LIMITS + "/filter")
                .header("Accept-Encoding", "gzip")
                .POST(BodyPublishers.noBody())
                .build());

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Encoding")).isEqualTo(encoding);
    }

    @Test
    void anOutcomeThatStaysUnknownIsTriedAgainByClients() {
        // given
        server.create("database", "\"limit\": 1");
        server.failLedger(new UnknownOutcomeException("no answer came"));

        // when
        Reply reply = server.acquire(1, "database");

        // then
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text()).isEqualTo("{\"exception_message\":\"Service Unavailable\"}");
        assertThat(reply.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void aCommandThatKafkaDidNotTakeIsTriedAgainByClients() {
        // given
        server.create("database", "\"limit\": 1");
        server.failLedger(new NotSentException("Kafka did not take AcquireLease", new TimeoutException()));

        // when
        Reply reply = server.acquire(1, "database");

        // then
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void detailsOfUnforeseenFailuresAreKeptBack() {
        // given
        server.failLedger(new IllegalStateException("secret"));

        // when
        Reply reply = server.post(LIMITS + "/", LIMIT);

        // then
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.text()).isEqualTo("{\"exception_message\":\"Internal Server Error\"}");
    }

    private Reply post(String contentType, String body) {
        return server.send(server.request(LIMITS + "/")
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)))
                .build());
    }
}
