package io.limitledger.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Disturbance;
import io.limitledger.gateway.faults.proof.History;
import io.limitledger.gateway.faults.proof.Proof;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills and pauses every kind of process at random under load. {@code faults.kills} sets the number of kills, {@code
 * faults.minutes} the time over which they are spread, {@code faults.seed} their order.
 */
@Tag("faults")
class FaultsTest {
    private static final int KILLS = Integer.getInteger("faults.kills", 8);
    private static final double MINUTES =
            Double.parseDouble(System.getProperty("faults.minutes", Double.toString(0.3 * KILLS)));
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

    /** Seconds. Runs print how far they meet the targets; these looser bounds suit a machine that is busy otherwise. */
    private static final double LEDGER_BOUND_SECONDS = 60;

    private static final double GATEWAY_BOUND_SECONDS = 15;

    /**
     * Unconfirmed leases of dead waiters end after ten seconds; then the longest leases that dead holders left behind.
     */
    private static final Duration ALL_RELEASED_WITHIN = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void oneBroker() throws Exception {
        runWith(1);
    }

    @Test
    void threeBrokers() throws Exception {
        runWith(3);
    }

    private void runWith(int brokers) throws Exception {
        System.out.printf(
                "%d kills in %.1f minutes, %d broker(s), seed %d; outputs in %s%n",
                KILLS, MINUTES, brokers, SEED, directory);
        // given
        try (Cluster cluster = Cluster.start(directory, brokers);
                Load load = Load.start(cluster, SEED)) {
            // when
            List<InjectedFault> faults = new FaultInjector(cluster, load, SEED, System.out).inject(KILLS, MINUTES);
            load.stop();
            awaitNothingHeld(cluster, load);

            // then
            List<Disturbance> disturbances =
                    faults.stream().map(InjectedFault::disturbance).toList();
            History history = new History(load.calls(), CommittedEvents.read(cluster), disturbances);
            Measures measures = new Measures(faults, load.probes());
            System.out.println(measures.summary(history));
            assertThat(history.calls())
                    .extracting(call -> call.answer().result())
                    .contains(Result.GRANTED, Result.DENIED, Result.RENEWED, Result.RELEASED, Result.HELD);
            assertThat(Proof.violations(history)).as("seed %d", SEED).isEmpty();
            assertThat(Proof.stillHeld(history)).isEmpty();
            assertThat(measures.longestAfterLedger()).isLessThan(LEDGER_BOUND_SECONDS);
            assertThat(measures.longestAfterGateway()).isLessThan(GATEWAY_BOUND_SECONDS);
        }
    }

    private static void awaitNothingHeld(Cluster cluster, Load load) {
        HttpClient http = HttpClient.newHttpClient();
        await().atMost(ALL_RELEASED_WITHIN).until(() -> {
            for (String limit : load.heldLimits()) {
                JsonNode shown = limit(http, cluster, limit);
                if (shown.path("leases").asInt() + shown.path("waiting").asInt() > 0) {
                    return false;
                }
            }
            return true;
        });
    }

    private static JsonNode limit(HttpClient http, Cluster cluster, String limit)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        cluster.gatewayAddresses().get(0).resolve("/v1/limits/" + limit))
                .build();
        return new ObjectMapper()
                .readTree(http.send(request, BodyHandlers.ofString()).body());
    }
}
