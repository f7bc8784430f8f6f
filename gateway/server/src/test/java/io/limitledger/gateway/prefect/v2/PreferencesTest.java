package io.limitledger.gateway.prefect.v2;

import static io.limitledger.gateway.prefect.PrefectServer.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.prefect.PrefectServer;
import io.limitledger.gateway.prefect.PrefectServer.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that say by {@code Prefer: wait=SECONDS} that they would rather wait in the queue than ask again. */
@Tag("broker")
class PreferencesTest {
    private static final String ACQUIRE = "increment-with-lease";

    @RegisterExtension
    final PrefectServer server = new PrefectServer();

    @Test
    void aFreedSlotIsHandedToTheFirstWaiter() {
        // given
        server.create("database", "\"limit\": 1");
        UUID holder = server.lease(1, "database");
        CompletableFuture<Reply> waiting = CompletableFuture.supplyAsync(
                () -> ask(ACQUIRE, "wait=30", "{\"slots\": 1, \"names\": [\"database\"]}"));
        await().atMost(Duration.ofSeconds(10)).until(() -> server.waiters("database") == 1);

        // when
        server.release(holder);

        // then
        Reply reply = waiting.join();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(server.lease(UUID.fromString(reply.json().path("lease_id").asText())))
                .isNotNull();
    }

    @Test
    void whoGoesLeavesTheLine() throws IOException {
        // given
        server.create("database", "\"limit\": 1");
        server.lease(1, "database");
        String body = "{\"slots\": 1, \"names\": [\"database\"]}";
        String request = "POST " + LIMITS + "/" + ACQUIRE + " HTTP/1.1\r\nHost: localhost\r\nPrefer: wait=30\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;

        // when
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            await().atMost(Duration.ofSeconds(10)).until(() -> server.waiters("database") == 1);
        }

        // then
        await().atMost(Duration.ofSeconds(10)).until(() -> server.waiters("database") == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"return=minimal", "wait=soon", "wait=-1", "await=30", "wait=0"})
    void aMeaninglessPreferenceIsIgnored(String prefer) {
        // given
        server.create("database", "\"limit\": 1");
        server.lease(1, "database");

        // when
        Reply reply = ask(ACQUIRE, prefer, "{\"slots\": 1, \"names\": [\"database\"]}");

        // then
        assertThat(reply.status()).isEqualTo(423);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=5", "respond-async, wait=5", "Wait=\"5\"; x=y"})
    void aRateLimitAnswersWhenTheTurnHasCome(String prefer) {
        // given
        server.create("api", "\"limit\": 1, \"slot_decay_per_second\": 5");
        server.increment(1, "api");
        long askedNanos = System.nanoTime();

        // when
        Reply reply = ask("increment", prefer, "{\"slots\": 1, \"names\": [\"api\"], \"mode\": \"rate_limit\"}");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - askedNanos)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aTurnBeyondTheWaitIsDeniedAtOnce() {
        // given
        server.create("api", "\"limit\": 1, \"slot_decay_per_second\": 0.1");
        server.increment(1, "api");

        // when
        Reply reply = ask("increment", "wait=9", "{\"slots\": 1, \"names\": [\"api\"]}");

        // then
        assertThat(reply.status()).isEqualTo(423);
        assertThat(reply.retryAfter()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void slotsWithoutALeaseThatDoNotDecayAreNotWaitedFor() {
        // given
        server.create("database", "\"limit\": 1");
        server.increment(1, "database");

        // when
        Reply reply = ask("increment", "wait=30", "{\"slots\": 1, \"names\": [\"database\"]}");

        // then
        assertThat(reply.status()).isEqualTo(423);
    }

    private Reply ask(String route, String prefer, String json) {
        return server.send(server.request(LIMITS + "/" + route)
                .header("Content-Type", "application/json")
                .header("Prefer", prefer)
                .POST(BodyPublishers.ofString(json))
                .build());
    }
}
