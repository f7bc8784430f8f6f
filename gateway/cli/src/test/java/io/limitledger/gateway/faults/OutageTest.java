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
 * The ledger is away for longer than leases last, {@code faults.outageSeconds}. Holders who keep trying to renew still hold
 * afterwards; leases whose holders have died end within their time.
 */
@Tag("faults")
class OutageTest {
    private static final int OUTAGE_SECONDS = Integer.getInteger("faults.outageSeconds", 90);
    private static final String LIMIT = "database";
    private static final int LEASES = 1_000;
    private static final int KEPT = 900;
    private static final int AT_ONCE = 50;
    private static final long LEASE_MILLIS = 60_000;

    /** Beyond their lease time, on a machine that does much else. */
    private static final Duration LATEST = Duration.ofSeconds(20);

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
    void holdersHoldOnWhileTheBrokerIsAway() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 1)) {
            survive(cluster, cluster.brokers());
        }
    }

    @Test
    void holdersHoldOnWhileBothLedgersAreAway() throws Exception {
        try (Cluster cluster = Cluster.start(directory, 1)) {
            survive(cluster, cluster.ledgers());
        }
    }

    private void survive(Cluster cluster, List<Node> away) throws Exception {
        try (LedgerClient kafka = Load.startClient(cluster)) {
            // given
            Load.put(cluster.gatewayAddresses().get(0), LIMIT, "{\"limit\": " + LEASES + "}");
            acquireAll(cluster, kafka);

            // when
            Moment back = outage(cluster, away);

            // then
            await().atMost(Duration.ofMillis(LEASE_MILLIS).plus(LATEST)).until(() -> hasEnded(cluster, back));
            assertThatOnlyTheAbandonedEnded(ends(cluster), back);
        }
    }

    private void assertThatOnlyTheAbandonedEnded(Map<UUID, Long> ends, Moment back) {
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
                (ends.values().stream().mapToLong(Long::longValue).max().orElse(back.millis()) - back.millis())
                        / 1_000.0);
        assertThat(losses.stream().limit(3).toList()).isEmpty();
        assertThat(ends.keySet()).isEqualTo(abandoned);
        assertThat(ends.values())
                .allSatisfy(at -> assertThat(at).isLessThan(back.millis() + LEASE_MILLIS + LATEST.toMillis()));
    }

    /** Through both gateways, and over Kafka. */
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

    /** Returns when all is well again. */
    private static Moment outage(Cluster cluster, List<Node> away) throws Exception {
        for (Node node : away) {
            node.kill();
        }
        var unused = new CountDownLatch(1).await(OUTAGE_SECONDS, TimeUnit.SECONDS);
        for (Node node : away) {
            node.start();
        }
        cluster.awaitHealthy();
        return Moment.now();
    }

    /** Whether the end is known: each holder has an answer, and no lease is left without a holder. */
    private boolean hasEnded(Cluster cluster, Moment back) throws Exception {
        return holders.stream().allMatch(holder -> holder.loss() != null || holder.hasRenewedSince(back))
                && ends(cluster).keySet().containsAll(abandoned);
    }

    /** When each lease ended that did, in epoch milliseconds. */
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
