package io.limitledger.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.client.LedgerClient;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.gateway.faults.proof.Answer;
import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Moment;
import io.limitledger.gateway.faults.proof.Question;
import io.limitledger.wire.LeaseIds;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * An outage of the ledger for longer than leases last, {@code faults.outageSeconds}. Holders that keep trying to renew
 * still hold afterwards; leases of dead holders end on time.
 */
@Tag("faults")
class OutageTest {
    private static final int OUTAGE_SECONDS = Integer.getInteger("faults.outageSeconds", 90);
    private static final String LIMIT = "database";
    private static final int LEASES = 1_000;
    private static final int KEPT = 900;
    private static final int AT_ONCE = 50;
    private static final long LEASE_MILLIS = 60_000;

    /** Beyond the lease time, on a machine that is busy otherwise. */
    private static final Duration TOLERANCE = Duration.ofSeconds(20);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<StubbornHolder> holders = new ArrayList<>();
    private final Set<UUID> abandoned = new HashSet<>();

    @AfterEach
    void stopRenewing() {
        timer.shutdownNow();
    }

    @Test
    void holdersKeepTheirLeasesWhileTheBrokerIsDown() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 1)) {
            runOutage(cluster, cluster.brokers());
        }
    }

    @Test
    void holdersKeepTheirLeasesWhileBothLedgersAreDown() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 1)) {
            runOutage(cluster, cluster.ledgers());
        }
    }

    private void runOutage(Cluster cluster, List<Node> down) throws Exception {
        try (LedgerClient kafka = Load.startClient(cluster)) {
            // given
            Load.put(cluster.gatewayAddresses().get(0), LIMIT, "{\"limit\": " + LEASES + "}");
            acquireAll(cluster, kafka);

            // when
            Moment returned = outage(cluster, down);

            // then
            await().atMost(Duration.ofMillis(LEASE_MILLIS).plus(TOLERANCE))
                    .until(() -> isOutcomeCertain(cluster, returned));
            assertThatOnlyTheAbandonedEnded(ends(cluster), returned);
        }
    }

    private void assertThatOnlyTheAbandonedEnded(Map<UUID, Long> ends, Moment returned) {
        List<Answer> losses = holders.stream()
                .map(StubbornHolder::loss)
                .filter(Objects::nonNull)
                .toList();
        System.out.printf(
                "%d s of outage: %d of %d holders lost their leases, %d leases ended, the last %.1f s after the return%n",
                OUTAGE_SECONDS,
                losses.size(),
                KEPT,
                ends.size(),
                (ends.values().stream().mapToLong(Long::longValue).max().orElse(returned.millis()) - returned.millis())
                        / 1_000.0);
        assertThat(losses.stream().limit(3).toList()).isEmpty();
        assertThat(ends.keySet()).isEqualTo(abandoned);
        assertThat(ends.values())
                .allSatisfy(at -> assertThat(at).isLessThan(returned.millis() + LEASE_MILLIS + TOLERANCE.toMillis()));
    }

    /** Acquires all leases, through both gateways and over Kafka. */
    private void acquireAll(Cluster cluster, LedgerClient kafka) {
        List<Way> ways = new ArrayList<>(List.of(KafkaWay.over(kafka)));
        for (URI gateway : cluster.gatewayAddresses()) {
            ways.add(HttpWay.to(gateway.toString(), gateway));
        }
        for (int first = 0; first < LEASES; first += AT_ONCE) {
            IntStream.range(first, first + AT_ONCE)
                    .mapToObj(number -> acquire(number < KEPT, ways.get(number % ways.size())))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }

    private CompletableFuture<?> acquire(boolean isKept, Way way) {
        UUID leaseId = LeaseIds.newFor(LIMIT);
        if (!isKept) {
            abandoned.add(leaseId);
        }
        Question question = Question.acquire(LIMIT, leaseId, 1, LEASE_MILLIS, 0);
        return askUntilAnswered(way, question).thenAccept(answer -> {
            assertThat(answer.result()).as("%s", answer).isEqualTo(Result.GRANTED);
            if (isKept) {
                hold(new StubbornHolder(question, way, timer));
            }
        });
    }

    private static CompletableFuture<Answer> askUntilAnswered(Way way, Question question) {
        return way.ask(question)
                .exceptionally(failure -> Answer.of(Result.UNKNOWN, failure.toString()))
                .thenCompose(answer -> answer.result() == Result.UNKNOWN
                        ? askUntilAnswered(way, question)
                        : CompletableFuture.completedFuture(answer));
    }

    private synchronized void hold(StubbornHolder holder) {
        holders.add(holder);
    }

    /** Kills the nodes, restarts them after the outage, and returns when all processes are healthy again. */
    private static Moment outage(Cluster cluster, List<Node> down) throws Exception {
        for (Node node : down) {
            node.kill();
        }
        var unused = new CountDownLatch(1).await(OUTAGE_SECONDS, TimeUnit.SECONDS);
        for (Node node : down) {
            node.start();
        }
        cluster.awaitHealthy();
        return Moment.now();
    }

    /** Whether the outcome is certain: each holder has an answer, and no abandoned lease is still held. */
    private boolean isOutcomeCertain(Cluster cluster, Moment returned) throws Exception {
        return holders.stream().allMatch(holder -> holder.loss() != null || holder.hasRenewedSince(returned))
                && ends(cluster).keySet().containsAll(abandoned);
    }

    /** The time at which each expired lease ended, in epoch milliseconds. */
    private static Map<UUID, Long> ends(Cluster cluster) throws Exception {
        Map<UUID, Long> ends = new HashMap<>();
        for (LimitEvent event : CommittedEvents.read(cluster).getOrDefault(LIMIT, List.of())) {
            if (event.fact() instanceof LeaseExpired expired) {
                ends.put(expired.leaseId(), event.at());
            }
        }
        return ends;
    }
}
