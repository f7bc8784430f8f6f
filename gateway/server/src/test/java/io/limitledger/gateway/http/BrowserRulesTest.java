package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.http.server.Site;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages can do by the browser of someone who reaches the gateway: with the headers that browsers send. */
class BrowserRulesTest {
    @RegisterExtension
    static final GatewayExtension GATEWAY = new GatewayExtension(
            Gatekeeper.OPEN, Site.of(List.of("https://limits.example.com"), List.of("http://localhost:3000")));

    private static final String EVIL = "Origin: https://evil.example";
    private static final String CROSS_SITE = "Sec-Fetch-Site: cross-site";
    private static final String BODY = "{\"limit\": 1}";
    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:4280",
                "10.0.0.1",
                "localhost.evil.example",
                "127.0.0.1.evil.example"
            })
    void refusesNamesThatAreNotItsOwn(String host) {
        // when
        String answer = send("PUT /v1/limits/a", "Host: " + host, BODY);

        // then
        assertThat(answer)
                .startsWith("HTTP/1.1 421 ")
                .contains("/problems/foreign-host", "--public-url http://" + host);
        assertThat(GATEWAY.ledger().sent()).isEmpty();
        assertThat(GATEWAY.refused()).containsExactly("host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:1",
                "LOCALHOST.",
                "limits.localhost",
                "127.0.0.1",
                "127.0.0.2:80",
                "[::1]:4280",
                "limits.example.com"
            })
    void answersForNamesThatAreItsOwn(String host) {
        // when
        String answer = send("PUT /v1/limits/a", "Host: " + host, BODY);

        // then
        assertThat(answer).startsWith("HTTP/1.1 201 ");
    }

    @Test
    void saysWhatToSetForANameBehindAProxyThatHasTls() {
        // when
        String answer = send("GET /v1/limits", "Host: limits.corp.example\r\nX-Forwarded-Proto: https", "");

        // then
        assertThat(answer).contains("--public-url https://limits.corp.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CROSS_SITE,
                "Sec-Fetch-Site: same-site",
                EVIL,
                "Origin: null",
                "Origin: http://localhost:8080",
                "Origin: ::::",
                CROSS_SITE + "\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document"
            })
    void refusesChangesOfPagesElsewhere(String headers) {
        // when
        String answer = send("POST /v1/limits/a/leases", "Host: localhost\r\n" + headers, "{}");

        // then
        assertThat(answer)
                .startsWith("HTTP/1.1 403 ")
                .contains("/problems/foreign-page")
                .doesNotContain("Access-Control");
        assertThat(GATEWAY.ledger().sent()).isEmpty();
        assertThat(GATEWAY.refused()).containsExactly("page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/session", "/api/events/in", "/api/accounts/a/workspaces/w/events/in"})
    void refusesSocketsOfPagesElsewhere(String path) {
        // when
        String answer = RawHttp.statusLine(
                GATEWAY.server().port(),
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + EVIL + "\r\n" + UPGRADE + "\r\n\r\n");

        // then
        assertThat(answer).startsWith("HTTP/1.1 403 ");
        assertThat(GATEWAY.refused()).containsExactly("page");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                EVIL + "\r\nAccept: text/event-stream",
                CROSS_SITE + "\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image",
                CROSS_SITE + "\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe",
                CROSS_SITE + "\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document"
            })
    void refusesStreamsForPagesElsewhere(String headers) {
        // when
        String answer = send("GET /v1/events", "Host: localhost\r\n" + headers, "");

        // then
        assertThat(answer).startsWith("HTTP/1.1 403 ").contains("/problems/foreign-page");
    }

    @Test
    void letsPagesElsewhereLeadToAPage() {
        // when
        String answer = send(
                "GET /docs",
                "Host: localhost\r\n" + CROSS_SITE + "\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document",
                "");

        // then
        assertThat(answer).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: same-origin\r\nOrigin: http://localhost:4280",
                "Sec-Fetch-Site: none",
                "Origin: http://localhost:4280",
                "Origin: https://limits.example.com",
                "X-Program: curl"
            })
    void letsItsOwnPagesAndProgramsDoWhatTheyWant(String headers) {
        // when
        String answer = send("PUT /v1/limits/a", "Host: localhost:4280\r\n" + headers, BODY);

        // then
        assertThat(answer).startsWith("HTTP/1.1 201 ").doesNotContain("Access-Control");
    }

    @Test
    void letsPagesOfAnOriginThatIsAllowedReadTheAnswers() {
        // given
        String origin = "Host: localhost\r\nOrigin: http://localhost:3000\r\nSec-Fetch-Site: same-site";

        // when
        String preflight = send(
                "OPTIONS /api/v2/concurrency_limits/a",
                origin + "\r\nAccess-Control-Request-Method: PATCH\r\nAccess-Control-Request-Headers: authorization",
                "");
        String answer = send("PUT /v1/limits/a", origin, BODY);

        // then
        assertThat(preflight)
                .startsWith("HTTP/1.1 204 ")
                .contains(
                        "Access-Control-Allow-Origin: http://localhost:3000",
                        "Access-Control-Allow-Headers: authorization",
                        "PATCH");
        assertThat(answer)
                .startsWith("HTTP/1.1 201 ")
                .contains("Access-Control-Allow-Origin: http://localhost:3000", "Vary: Origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/limits",
                "GET /v1/nowhere",
                "POST /v1/limits",
                "GET /api/v2/concurrency_limits/a",
                "GET /v1/limits?size=%ff",
                "GET /problems/forbidden",
                "GET /a%",
                "GET /%zz/../\u0000",
                "DELETE /docs"
            })
    void guardsEveryAnswer(String request) {
        // when
        String answer = send(request, "Host: localhost", "");

        // then
        assertThat(answer)
                .contains(
                        "X-Content-Type-Options: nosniff",
                        "Referrer-Policy: no-referrer",
                        "Cross-Origin-Resource-Policy: same-origin",
                        "X-Frame-Options: DENY",
                        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'")
                .doesNotContain("Strict-Transport-Security");
    }

    @Test
    void letsItsPageRunOnlyTheScriptThatItIsSentWith() {
        // when
        String answer = send("GET /docs", "Host: localhost", "");

        // then
        assertThat(answer)
                .contains("Content-Security-Policy: default-src 'none'; connect-src 'self'; script-src 'sha256-")
                .contains("style-src 'sha256-", "frame-ancestors 'none'")
                .doesNotContain("unsafe-inline");
    }

    private static String send(String request, String headers, String body) {
        String framing =
                body.isEmpty() ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
        return RawHttp.send(
                GATEWAY.server().port(),
                request + " HTTP/1.1\r\n" + headers + "\r\n" + framing
                        + (headers.contains("Connection:") ? "" : "Connection: close\r\n") + "\r\n" + body);
    }
}
