package io.limitledger.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.event.LeaseGranted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the whole service while clients spend all that a quota gives: by the events, no window has more, and
 * hardly less. Slow: {@code -Dspending.seconds} sets for how long they spend.
 */
@Tag("broker")
@Tag("slow")
class KilledWhileSpendingTest {
    private static final int SECONDS = Integer.getInteger("spending.seconds", 60);
    private static final int CLIENTS = 16;
    private static final int SLOTS = 300;
    private static final int PERIOD_SECONDS = 6;
    private static final long PERIOD_MILLIS = PERIOD_SECONDS * 1_000L;

    /** What is taken returns up to a sixtieth of the period late. */
    private static final long STRETCH_MILLIS = PERIOD_MILLIS / 60;

    @TempDir
    private Path data;

    @Test
    void noWindowOfAQuotaIsExceededAndNoneGivesMuchLess() throws Exception {
        // given
        long killedAt;
        try (Server server = Server.start(data)) {
            server.send(
                    "PUT",
                    "/v1/limits/api",
                    "{\"quotas\": [{\"slots\": " + SLOTS + ", \"perSeconds\": " + PERIOD_SECONDS + "}]}");
            spend(server);
            // when
            server.kill();
            killedAt = System.currentTimeMillis();
        }
        try (Server server = Server.start(data)) {
            spend(server);

            // then
            List<Long> starts = starts(server);
            List<Long> before = starts.stream().filter(at -> at <= killedAt).toList();
            List<Long> after = starts.stream().filter(at -> at > killedAt).toList();
            assertThat(starts).hasSizeGreaterThan(SLOTS * SECONDS / PERIOD_SECONDS / 2);
            assertNoWindowIsExceeded(starts);
            assertLittleIsLost(before);
            assertLittleIsLost(after);
        }
    }

    /** For half of the time, as fast as the quota lets them. */
    private static void spend(Server server) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS) / 2;
        CompletableFuture<?>[] clients =
                Stream.generate(() -> spend(server, until)).limit(CLIENTS).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(clients).join();
    }

    private static CompletableFuture<Void> spend(Server server, long until) {
        if (System.nanoTime() > until) {
            return CompletableFuture.completedFuture(null);
        }
        return server.sendAsync("POST", "/v1/limits/api/leases", "{\"leaseSeconds\": 0}")
                .thenCompose(answer -> CompletableFuture.runAsync(() -> {}, after(answer)))
                .thenCompose(waited -> spend(server, until));
    }

    /** When to ask again: at once after a grant, else as the server says. */
    private static Executor after(HttpResponse<String> answer) {
        if (answer.statusCode() == 201) {
            return Runnable::run;
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
        long millis = Math.round(retryAfterSeconds(answer) * 1_000);
        return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    }

    private static double retryAfterSeconds(HttpResponse<String> denial) {
        try {
            return Server.json(denial).path("retryAfterSeconds").asDouble();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Long> starts(Server server) throws Exception {
        return server.events().stream()
                .filter(event -> event.fact() instanceof LeaseGranted)
                .map(event -> ((LeaseGranted) event.fact()).lease().startsAt())
                .sorted()
                .toList();
    }

    private static void assertNoWindowIsExceeded(List<Long> starts) {
        for (int last = SLOTS; last < starts.size(); last++) {
            assertThat(starts.get(last) - starts.get(last - SLOTS))
                    .as("milliseconds for %d slots, up to the one at %d", SLOTS + 1, starts.get(last))
                    .isGreaterThanOrEqualTo(PERIOD_MILLIS);
        }
    }

    private static void assertLittleIsLost(List<Long> starts) {
        long millis = starts.get(starts.size() - 1) - starts.get(0);
        long periods = millis / (PERIOD_MILLIS + STRETCH_MILLIS);
        assertThat(starts.size()).isGreaterThanOrEqualTo((int) (periods * SLOTS * 59 / 60));
    }
}
