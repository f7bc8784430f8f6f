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
 * One ledger after the other is restarted, or the only broker is away for some seconds, under a steady load. A request waits for
 * them as long as it is willing to, and no request fails before.
 */
@Tag("faults")
class PlannedRestartTest {
    private static final String LIMIT = "database";
    private static final int REQUESTS_PER_SECOND = 50;
    private static final int BROKER_AWAY_SECONDS = 14;
    private static final int QUIET_SECONDS = 5;

    /** A gateway waits ten seconds for its ledger; the clocks of two processes do not begin in the same moment. */
    private static final double PATIENCE_SECONDS = 9.5;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void oneLedgerAfterTheOther() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 1);
                SteadyLoad load = load(cluster)) {
            // given
            waitFor(QUIET_SECONDS);

            // when
            for (Node ledger : cluster.ledgers()) {
                Moment begun = Moment.now();
                ledger.stop();
                double stopped = Moment.now().secondsSince(begun);
                ledger.start();
                cluster.awaitHealthy();
                System.out.printf(
                        "%s: stopped after %.1f s, all is well after %.1f s%n",
                        ledger, stopped, Moment.now().secondsSince(begun));
            }

            // then
            assertThatNoneGaveUp(load.stop());
        }
    }

    @Test
    void theOnlyBrokerIsAway() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 1);
                SteadyLoad load = load(cluster)) {
            // given
            waitFor(QUIET_SECONDS);
            cluster.brokers().get(0).kill();
            waitFor(BROKER_AWAY_SECONDS);

            // when
            Moment begun = Moment.now();
            cluster.brokers().get(0).start();
            cluster.awaitHealthy();
            System.out.printf("all is well after %.1f s%n", Moment.now().secondsSince(begun));
            waitFor(QUIET_SECONDS);

            // then
            assertThatNoneGaveUp(load.stop());
        }
    }

    private static SteadyLoad load(Cluster cluster) throws Exception {
        Load.put(cluster.gatewayAddresses().get(0), LIMIT, "{\"limit\": 100000}");
        List<HttpWay> ways = cluster.gatewayAddresses().stream()
                .map(gateway -> HttpWay.to(gateway.toString(), gateway))
                .toList();
        return SteadyLoad.start(LIMIT, ways, REQUESTS_PER_SECOND);
    }

    private static void assertThatNoneGaveUp(List<Timed> answers) {
        System.out.println(SteadyLoad.inWords(answers));
        assertThat(answers.stream()
                        .filter(answer -> answer.result() != Result.GRANTED && answer.result() != Result.RELEASED)
                        .filter(answer -> answer.result() != Result.UNKNOWN || answer.seconds() < PATIENCE_SECONDS)
                        .limit(5)
                        .toList())
                .isEmpty();
    }

    private static void waitFor(int seconds) throws InterruptedException {
        var unused = new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
    }
}
