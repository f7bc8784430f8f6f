package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.SessionClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Asks of a session, their answers, and what is pushed. */
class LeaseSessionTest {
    private final String chosen = UUID.randomUUID().toString();
    private final String other = UUID.randomUUID().toString();

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private SessionClient session;

    @BeforeEach
    void connect() {
        gateway.put("/v1/limits/printer", "{\"limit\": 1}");
        gateway.put("/v1/limits/scanner", "{\"limit\": 1}");
        gateway.put("/v1/limits/calls", "{\"limit\": 1, \"slotDecayPerSecond\": 1}");
        session = SessionClient.connect(gateway.server().port());
    }

    @AfterEach
    void disconnect() {
        session.close();
    }

    @Test
    void answersAsTheRouteDoes() {
        // when
        session.send("{\"id\": 7, \"acquire\": {\"limit\": \"printer\", \"leaseId\": \"" + chosen
                + "\", \"holder\": \"me\", \"leaseSeconds\": 60}}");

        // then
        JsonNode answer = session.next();
        assertThat(answer.path("id").asInt()).isEqualTo(7);
        assertThat(answer.path("status").asInt()).isEqualTo(201);
        assertThat(answer.path("body"))
                .isEqualTo(gateway.get("/v1/leases/" + chosen).json());
    }

    @Test
    void carriesManyAsksInOneMessage() {
        // when
        session.send(
                "{\"id\": \"a\", \"acquire\": {\"limit\": \"printer\", \"leaseId\": \"" + chosen + "\"}}",
                "{\"id\": \"b\", \"renew\": {\"leaseId\": \"" + chosen + "\", \"limit\": \"printer\"}}",
                "{\"id\": \"c\", \"release\": {\"leaseId\": \"" + chosen + "\", \"limits\": [\"printer\"]}}",
                "{\"id\": \"d\", \"acquire\": {\"limits\": [\"printer\", \"scanner\"]}}",
                "{\"id\": \"e\", \"acquire\": {\"limit\": \"calls\", \"leaseSeconds\": 0}}");

        // then
        Map<String, Integer> statuses = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            JsonNode answer = session.next();
            statuses.put(answer.path("id").asText(), answer.path("status").asInt());
        }
        assertThat(statuses).isEqualTo(Map.of("a", 201, "b", 200, "c", 204, "d", 201, "e", 201));
    }

    @Test
    void answersInTheOrderOfDecisions() {
        // given
        session.send(acquire(1, "printer", chosen, 0), acquire(2, "printer", other, 60));
        assertThat(session.next().path("id").asInt()).isEqualTo(1);

        // when
        session.send(acquire(3, "scanner", UUID.randomUUID().toString(), 0), release(4, chosen));

        // then
        assertThat(session.next().path("id").asInt()).isEqualTo(3);
        assertThat(java.util.List.of(session.next(), session.next()))
                .extracting(answer -> answer.path("id").asInt())
                .containsExactlyInAnyOrder(2, 4);
    }

    @Test
    void deniesWithTheTimeToAskAgain() {
        // given
        session.send(acquire(1, "printer", chosen, 0));
        session.next();

        // when
        session.send(acquire(2, "printer", other, 0));

        // then
        JsonNode answer = session.next();
        assertThat(answer.path("status").asInt()).isEqualTo(429);
        assertThat(answer.path("retryAfterSeconds").asInt()).isPositive();
        assertThat(answer.path("body").path("type").asText()).isEqualTo("/problems/limit-full");
        assertThat(answer.path("body").path("instance").asText()).isEqualTo("/v1/session");
    }

    @Test
    void answersAMistakeAndGoesOn() {
        // when
        session.send(
                "{\"id\": 1, \"acquire\": {\"limit\": \"printer\", \"slots\": -1, \"colour\": \"red\"}}",
                "{\"id\": 2, \"borrow\": {}}",
                "{\"id\": 3, \"renew\": []}",
                "{\"id\": [], \"renew\": {}}",
                "not JSON",
                "[]",
                "{\"id\": 4}",
                "{\"id\": 5, \"cancel\": {\"id\": 6}}",
                acquire(9, "printer", chosen, 0));

        // then
        Map<String, String> problems = new HashMap<>();
        for (int i = 0; i < 9; i++) {
            JsonNode answer = session.next();
            problems.merge(
                    answer.path("id").asText("none"),
                    answer.path("body").path("type").asText("none").replace("/problems/", ""),
                    (first, second) -> first + " " + second);
        }
        assertThat(problems)
                .containsEntry("1", "invalid-request")
                .containsEntry("2", "invalid-request")
                .containsEntry("3", "unreadable-body")
                .containsEntry("none", "invalid-request unreadable-body unreadable-body")
                .containsEntry("4", "invalid-request")
                .containsEntry("5", "ask-not-found")
                .containsEntry("9", "none");
    }

    @Test
    void refusesAnIdThatIsInUse() {
        // given
        session.send(acquire(1, "printer", chosen, 0), acquire(2, "printer", other, 60));
        session.next();

        // when
        session.send(acquire(2, "scanner", chosen, 0));

        // then
        JsonNode answer = session.next();
        assertThat(answer.has("id")).isFalse();
        assertThat(answer.path("body").path("detail").asText()).contains("Ask 2 is not answered yet");
    }

    @Test
    void cancelsAnAsk() {
        // given
        session.send(
                acquire(1, "printer", chosen, 0),
                "{\"id\": 2, \"acquire\": {\"limit\": \"printer\", \"waitSeconds\": 60}}");
        session.next();

        // when
        session.send("{\"id\": 3, \"cancel\": {\"id\": 2}}");

        // then
        Map<Integer, Integer> statuses = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            JsonNode answer = session.next();
            statuses.put(answer.path("id").asInt(), answer.path("status").asInt());
        }
        assertThat(statuses).isEqualTo(Map.of(2, 410, 3, 204));
        assertThat(gateway.ledger().waiters("printer", 0, 10)).isEmpty();
    }

    @Test
    void pushesTheEndOfALeaseThatAnotherReleased() {
        // given
        session.send(acquire(1, "printer", chosen, 0));
        session.next();

        // when
        gateway.delete("/v1/leases/" + chosen);

        // then
        assertThat(session.line())
                .isEqualTo("{\"lost\":{\"leaseId\":\"" + chosen + "\",\"limit\":\"printer\",\"reason\":\"lease id "
                        + chosen + " was released at 2026-11-20T10:00:00Z\"}}");
    }

    @Test
    void pushesTheEndOfALeaseThatExpiredOrWhoseLimitWasDeleted() {
        // given
        session.send(acquire(1, "printer", chosen, 0), acquire(2, "scanner", other, 0));
        session.next();
        session.next();

        // when
        gateway.delete("/v1/limits/scanner");
        gateway.ledger().advance(Duration.ofMinutes(6));

        // then
        assertThat(IntStream.range(0, 2)
                        .mapToObj(
                                i -> session.next().path("lost").path("reason").asText()))
                .containsExactlyInAnyOrder(
                        "lease id " + chosen + " has expired at 2026-11-20T10:06:00Z",
                        "lease id " + other + " ended with limit 'scanner', which was deleted");
    }

    @Test
    void pushesNothingForItsOwnRelease() {
        // given
        session.send(acquire(1, "printer", chosen, 0));
        session.next();

        // when
        session.send(release(2, chosen), acquire(3, "printer", other, 0));

        // then
        assertThat(session.next().path("id").asInt()).isEqualTo(2);
        assertThat(session.next().path("id").asInt()).isEqualTo(3);
        assertThat(session.isQuiet()).isTrue();
    }

    @Test
    void givesBackWhatADeadClientWaitedForUnderAnIdThatItDoesNotKnow() {
        // given
        session.send(
                acquire(1, "printer", chosen, 0),
                "{\"id\": 2, \"acquire\": {\"limit\": \"printer\", \"waitSeconds\": 60}}",
                acquire(3, "printer", other, 60));
        await().until(() -> gateway.ledger().waiters("printer", 0, 10).size() == 2);

        // when
        session.abort();

        // then
        await().until(() -> gateway.ledger().waiters("printer", 0, 10).size() == 1);
        assertThat(gateway.ledger().waiters("printer", 0, 10).get(0).leaseId()).isEqualTo(UUID.fromString(other));
        assertThat(gateway.get("/v1/leases/" + chosen).status()).isEqualTo(200);
    }

    @Test
    void readsNoFurtherWhileTooMuchIsUndecidedAndRefusesNothingOfIt() {
        // given
        gateway.put("/v1/limits/many", "{\"limit\": 100000}");
        gateway.ledger().stall();

        // when
        for (int message = 0; message < 30; message++) {
            int first = message * 100;
            session.send(IntStream.range(first, first + 100)
                    .mapToObj(i -> "{\"id\": " + i + ", \"release\": {\"leaseId\": \"" + UUID.randomUUID()
                            + "\", \"limits\": [\"many\"]}}")
                    .collect(Collectors.joining("\n")));
        }

        // then
        await().until(() -> gateway.ledger().undecided() == 1_000);
        await().pollDelay(Duration.ofMillis(200)).until(() -> gateway.ledger().undecided() == 1_000);
        gateway.ledger().goOn();
        for (int i = 0; i < 3_000; i++) {
            assertThat(session.next().path("status").asInt()).isEqualTo(204);
        }
    }

    @Test
    void turnsNewWorkAwayAsTheRoutesDo() {
        // given
        gateway.put("/v1/limits/many", "{\"limit\": 100000}");
        gateway.ledger().stall();

        // when
        session.send(IntStream.range(0, GatewayExtension.MOST_UNDECIDED + 1)
                .mapToObj(i -> "{\"id\": " + i + ", \"acquire\": {\"limit\": \"many\"}}")
                .collect(Collectors.joining("\n")));

        // then
        JsonNode answer = session.next();
        assertThat(answer.path("status").asInt()).isEqualTo(503);
        assertThat(answer.path("retryAfterSeconds").asInt()).isPositive();
        assertThat(answer.path("body").path("type").asText()).isEqualTo("/problems/overloaded");
    }

    @Test
    void saysWhyItCloses() {
        // given
        SessionClient binary = SessionClient.connect(gateway.server().port());

        // when
        binary.sendBinary(new byte[] {1, 2, 3});
        session.send("{\"id\": 1, \"renew\": \"" + "x".repeat(70_000) + "\"}");

        // then
        assertThat(binary.line()).startsWith("closed 1003 Asks are text");
        assertThat(session.line()).startsWith("closed 1009 ");
    }

    @Test
    void isNotForPagesOfOtherSites() {
        // given
        WebSocket.Builder builder =
                HttpClient.newHttpClient().newWebSocketBuilder().header("Origin", "https://evil.example");

        // when
        Throwable refused = org.assertj.core.api.Assertions.catchThrowable(() -> builder.buildAsync(
                        URI.create("ws://127.0.0.1:" + gateway.server().port() + "/v1/session"),
                        new WebSocket.Listener() {})
                .join());

        // then
        assertThat(refused).isInstanceOf(CompletionException.class);
        assertThat(((WebSocketHandshakeException) refused.getCause())
                        .getResponse()
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void needsAnUpgrade() {
        // when
        GatewayExtension.Reply reply = gateway.get("/v1/session");

        // then
        assertThat(reply.problem()).isEqualTo("upgrade-required");
    }

    @Test
    void isCountedByKind() {
        // when
        session.send(acquire(1, "printer", chosen, 0));

        // then
        session.next();
        await().until(() -> gateway.observed().contains("GET /v1/session acquire 201"));
    }

    private static String acquire(int id, String limit, String leaseId, int waitSeconds) {
        return "{\"id\": " + id + ", \"acquire\": {\"limit\": \"" + limit + "\", \"leaseId\": \"" + leaseId
                + "\", \"waitSeconds\": " + waitSeconds + "}}";
    }

    private static String release(int id, String leaseId) {
        return "{\"id\": " + id + ", \"release\": {\"leaseId\": \"" + leaseId + "\"}}";
    }
}
