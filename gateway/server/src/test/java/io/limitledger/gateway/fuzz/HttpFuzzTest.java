package io.limitledger.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.http.GatewayExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes clients send, and however they leave: no answer is a fault of the server, each that is due comes, and
 * afterwards no thread is missing, no request under way and no slot held. {@code -Dfuzz.inputs=1000000} tries harder;
 * {@code -Dfuzz.seed=7 -Dfuzz.inputs=1} repeats what was sent with a seed.
 */
@Timeout(600)
class HttpFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 4_000);
    private static final long FIRST_SEED = Long.getLong("fuzz.seed", 1);
    private static final int CLIENTS = 4;
    private static final int INPUTS_PER_SEED = 2_000;
    private static final int SERVER_THREADS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONGER_THAN_ANY_LEASE = Duration.ofDays(31);
    private static final AtomicReference<Throwable> UNCAUGHT = new AtomicReference<>();

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + Math.max(1, INPUTS / INPUTS_PER_SEED));
    }

    @BeforeAll
    static void hearOfThreadsThatStop() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> UNCAUGHT.set(failure));
    }

    @AfterAll
    static void hearNoMore() {
        Thread.setDefaultUncaughtExceptionHandler(null);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldAnswerWhateverComesAndKeepNothingOfIt(long seed) throws Exception {
        // given
        Set<String> before = namesOfThreads();
        Set<String> threads = loneThreads();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        Hurry hurry = new Hurry(gateway);

        // when
        List<Future<Tally>> tallies = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            FuzzRun run = new FuzzRun(gateway.server().port(), seed * CLIENTS + client);
            tallies.add(clients.submit(() -> run.send(INPUTS_PER_SEED / CLIENTS)));
        }
        clients.shutdown();
        Tally all = new Tally();
        for (Future<Tally> tally : tallies) {
            all.add(tally.get());
        }
        hurry.close();

        // then
        assertThat(all.statuses().keySet()).contains(200, 201, 400, 404, 405, 422);
        assertThat(loneThreads()).isNotEmpty().containsAll(threads);
        assertNothingStopped(before);
        assertLimitsAddUp();
        assertNothingIsKept();
    }

    private static Set<String> namesOfThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }

    /** Those of the server that there is one of each; the process has others, which come and go as they please. */
    private static Set<String> loneThreads() {
        return namesOfThreads().stream()
                .filter(name -> name.matches("event-streams|leases|Scheduler-.*"))
                .collect(Collectors.toSet());
    }

    private static void assertNothingStopped(Set<String> before) {
        assertThat(UNCAUGHT.get()).isNull();
        assertThat(namesOfThreads())
                .filteredOn(name -> name.startsWith("http-") && !before.contains(name))
                .hasSizeLessThanOrEqualTo(SERVER_THREADS);
        assertThat(gateway.put("/v1/limits/afterwards", "{\"limit\": 1}").status())
                .isIn(200, 201);
        assertThat(gateway.post("/v1/limits/afterwards/leases", "{}").status()).isEqualTo(201);
    }

    private static void assertLimitsAddUp() {
        for (JsonNode limit : gateway.get("/v1/limits?size=1000").json().path("limits")) {
            boolean isRoomy =
                    limit.path("active").asBoolean() && limit.path("available").asLong() > 0;
            double most = isRoomy ? limit.path("limit").asDouble() : Double.MAX_VALUE;
            assertThat(limit.path("occupied").asDouble()
                            + limit.path("available").asLong())
                    .as(limit.toString())
                    .isBetween(0.0, most);
        }
    }

    private static void assertNothingIsKept() {
        gateway.ledger().advance(LONGER_THAN_ANY_LEASE);
        for (JsonNode limit : gateway.get("/v1/limits?size=1000").json().path("limits")) {
            assertThat(limit.path("leases").asInt() + limit.path("waiting").asInt())
                    .as(limit.toString())
                    .isZero();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gateway.ledger().inFlight())
                        .as("commands without an answer")
                        .isZero());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                gateway.server().underWay() - gateway.streams().open())
                        .as("requests that have not ended, besides streams, which end with their next heartbeat")
                        .isZero());
    }
}
