package io.limitledger.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.faults.SteadyLoad.Timed;
import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Moment;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Planned restarts under a steady load: one ledger after the other is restarted, or the only broker is down for some
 * seconds. A request waits for them up to its timeout, and no request fails before.
 */
@Tag("faults")
class PlannedRestartTest {
    private static final String LIMIT = "database";
    private static final int REQUESTS_PER_SECOND = 50;
    private static final int BROKER_DOWN_SECONDS = 14;
    private static final int UNDISTURBED_SECONDS = 5;

    /**
     * Seconds. A gateway waits ten seconds for its ledger; half a second allows for the start times of the two clocks.
     */
    private static final double SHORTEST_TIMEOUT_SECONDS = 9.5;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void ledgersAreRestartedOneAfterTheOther() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 1);
                SteadyLoad load = load(cluster)) {
            // given
            waitFor(UNDISTURBED_SECONDS);

            // when
            for (Node ledger : cluster.ledgers()) {
                Moment begun = Moment.now();
                ledger.stop();
                double stopped = Moment.now().secondsSince(begun);
                ledger.start();
                cluster.awaitHealthy();
                System.out.printf(
                        "%s: stopped after %.1f s, all processes healthy after %.1f s%n",
                        ledger, stopped, Moment.now().secondsSince(begun));
            }

            // then
            assertThatNoRequestFailedEarly(load.stop());
        }
    }

    @Test
    void theOnlyBrokerIsDown() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 1);
                SteadyLoad load = load(cluster)) {
            // given
            waitFor(UNDISTURBED_SECONDS);
            cluster.brokers().get(0).kill();
            waitFor(BROKER_DOWN_SECONDS);

            // when
            Moment begun = Moment.now();
            cluster.brokers().get(0).start();
            cluster.awaitHealthy();
            System.out.printf(
                    "all processes healthy after %.1f s%n", Moment.now().secondsSince(begun));
            waitFor(UNDISTURBED_SECONDS);

            // then
            assertThatNoRequestFailedEarly(load.stop());
        }
    }

    private static SteadyLoad load(Cluster cluster) throws Exception {
        Load.put(cluster.gatewayAddresses().get(0), LIMIT, "{\"limit\": 100000}");
        List<HttpWay> ways = cluster.gatewayAddresses().stream()
                .map(gateway -> HttpWay.to(gateway.toString(), gateway))
                .toList();
        return SteadyLoad.start(LIMIT, ways, REQUESTS_PER_SECOND);
    }

    private static void assertThatNoRequestFailedEarly(List<Timed> answers) {
        System.out.println(SteadyLoad.summary(answers));
        assertThat(answers.stream()
                        .filter(answer -> answer.result() != Result.GRANTED && answer.result() != Result.RELEASED)
                        .filter(answer ->
                                answer.result() != Result.UNKNOWN || answer.seconds() < SHORTEST_TIMEOUT_SECONDS)
                        .limit(5)
                        .toList())
                .isEmpty();
    }

    private static void waitFor(int seconds) throws InterruptedException {
        var unused = new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
    }
}
