package io.limitledger.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Eight clients and three limits, in all orders, over a slow network, with gateways that die between any two steps. The
 * same seed gives the same run.
 */
class LeasesSimulationTest extends LeasesFixture {
    private static final int CLIENTS = 8;
    private static final int SLOTS = 3;
    private static final int ROUNDS = 20;
    private static final Duration LONGEST_RUN = Duration.ofHours(3);

    private final List<SimulatedClient> clients = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "1, 0", "2, 0", "3, 0", "4, 0.01", "5, 0.01", "6, 0.01", "7, 0.05", "8, 0.05", "9, 0.05", "10, 0.2", "11, 0.2",
        "12, 0.2"
    })
    void nothingIsExceededStuckOrLeftBehind(long seed, double deathsPerAnswer) {
        // given
        List.of("a", "b", "c").forEach(name -> put(name, SLOTS));
        Random random = new Random(seed);
        for (int client = 0; client < CLIENTS; client++) {
            clients.add(new SimulatedClient(ledger, timer, random, deathsPerAnswer, ROUNDS));
        }

        // when
        clients.forEach(SimulatedClient::start);
        runUntilAllAreDone();
        advance(Duration.ofMinutes(2));

        // then
        assertThat(occupied()).containsExactly(0.0, 0.0, 0.0);
        assertThat(List.of("a", "b", "c")).allMatch(name -> waiting(name).isEmpty());
        assertThat(timer.nextAt()).isEqualTo(Long.MAX_VALUE);
        assertThat(clients).extracting(SimulatedClient::grants).allMatch(grants -> grants > 0);
    }

    private void runUntilAllAreDone() {
        while (!clients.stream().allMatch(SimulatedClient::isDone)) {
            long next = timer.nextAt();
            assertThat(next).describedAs("a client is stuck for ever").isLessThan(LONGEST_RUN.toMillis());
            ledger.advance(Duration.ofMillis(next - timer.nowMillis()));
            timer.step(next);
            check();
        }
    }

    private void check() {
        for (String name : List.of("a", "b", "c")) {
            assertThat(occupied(name)).isLessThanOrEqualTo(SLOTS);
        }
        clients.forEach(SimulatedClient::check);
    }
}
