package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams and sessions of callers whose rights change while they are open. */
@Timeout(30)
class LastingCallersTest {
    private static final KnownTokens TOKENS = new KnownTokens();

    @RegisterExtension
    static final GatewayExtension GATEWAY = new GatewayExtension(TOKENS.gatekeeper());

    private static final String ADMIN = TOKENS.allow("admin", "admin:*");

    @BeforeEach
    void define() {
        List.of("team-a", "secret-a").forEach(LastingCallersTest::put);
    }

    @Test
    void streamsOnlyWhatMayBeReadAndEndsWithItsToken() throws Exception {
        // given
        Stream stream = new Stream(TOKENS.allow("reader", "read:team-*"));
        GATEWAY.showEvent("secret-a", 1);
        GATEWAY.showEvent("team-a", 1);
        await().until(() -> stream.text().contains("team-a"));

        // when
        TOKENS.revoke("reader");

        // then
        stream.ended().get(5, TimeUnit.SECONDS);
        assertThat(stream.text()).contains(": The token is not valid").doesNotContain("secret-a");
    }

    @Test
    void streamsWhatMayBeReadNow() {
        // given
        Stream stream = new Stream(TOKENS.allow("newcomer", "read:other-*"));
        GATEWAY.showEvent("team-a", 1);

        // when
        TOKENS.allow("newcomer", "read:team-*");

        // then
        await().until(() -> {
            GATEWAY.showEvent("team-a", 2);
            return stream.text().contains("\"number\":2");
        });
        assertThat(stream.text()).doesNotContain("\"number\":1,");
    }

    @Test
    void endsASessionWithItsTokenAndSaysWhy() {
        // given
        SessionClient session = SessionClient.connect(GATEWAY.server().port(), TOKENS.allow("holder", "hold:team-*"));
        session.send("{\"id\": 1, \"acquire\": {\"limit\": \"team-a\"}}");
        assertThat(session.next().path("status").asInt()).isEqualTo(201);

        // when
        TOKENS.revoke("holder");

        // then
        assertThat(session.line()).startsWith("closed 1008 The token is not valid");
    }

    @Test
    void checksEachAskOfASession() {
        // given
        SessionClient session = SessionClient.connect(GATEWAY.server().port(), TOKENS.allow("asker", "hold:team-*"));

        // when
        session.send(
                "{\"id\": 1, \"acquire\": {\"limit\": \"secret-a\"}}",
                "{\"id\": 2, \"acquire\": {\"limits\": [\"team-a\", \"secret-a\"]}}",
                "{\"id\": 3, \"acquire\": {\"limit\": \"team-a\"}}");

        // then
        List<String> statuses = List.of(status(session), status(session), status(session));
        assertThat(statuses).containsExactlyInAnyOrder("1 404", "2 404", "3 201");
        session.close();
    }

    private static String status(SessionClient session) {
        var answer = session.next();
        return answer.path("id").asText() + " " + answer.path("status").asText();
    }

    private static void put(String limit) {
        GATEWAY.sendAs(ADMIN, "PUT", "/v1/limits/" + limit, "{\"limit\": 5}");
    }

    /** The lines of an open stream. */
    private static final class Stream {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final java.util.concurrent.CompletableFuture<Void> ended;

        Stream(String token) {
            HttpResponse<java.util.stream.Stream<String>> response = HttpClient.newHttpClient()
                    .sendAsync(
                            GATEWAY.request("/v1/events")
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            BodyHandlers.ofLines())
                    .join();
            assertThat(response.statusCode()).isEqualTo(200);
            ended = java.util.concurrent.CompletableFuture.runAsync(
                    () -> response.body().forEach(lines::add));
        }

        String text() {
            return String.join("\n", lines);
        }

        java.util.concurrent.CompletableFuture<Void> ended() {
            return ended;
        }
    }
}
