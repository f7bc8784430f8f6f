package io.limitledger.gateway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.client.Confirming;
import io.limitledger.client.LedgerClient;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import io.limitledger.gateway.view.KafkaLimitsView;
import io.limitledger.gateway.view.NotingAnswers;
import io.limitledger.lease.MortalGateway;
import io.limitledger.lease.Outcome;
import io.limitledger.timer.SystemTimer;
import io.limitledger.wire.LeaseIds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight clients and three limits, in all orders, over a real Kafka, with clients that die between any two steps and
 * gateways that die in the middle of an acquire. What happened is read from the committed events.
 */
@Timeout(180)
@Tag("broker")
class ContentionOverKafkaTest {
    private static final int CLIENTS = 8;
    private static final int SLOTS = 3;
    private static final int GRANTS_EACH = 4;
    private static final double DEATHS_PER_ANSWER = 0.02;

    /** What a dead gateway has got together is held so long, or waited for and then held. */
    private static final Duration LONGEST_LEASE = Duration.ofSeconds(10 + 3);

    private final SystemTimer timer = new SystemTimer("leases");
    private final List<KafkaLimitsView> views = new ArrayList<>();
    private final List<NotingAnswers> ports = new ArrayList<>();
    private final List<MortalGateway> started = new CopyOnWriteArrayList<>();
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private EmbeddedStack stack;
    private List<String> limits;

    @BeforeEach
    void threeLimitsInDifferentPartitions(@TempDir Path directory) throws Exception {
        stack = EmbeddedStack.start(directory);
        stack.startLedger("one");
        connect(stack.startClient());
        connect(stack.startLocalClient());
        int partitions = stack.partitions().commands();
        limits = IntStream.range(0, 3)
                .mapToObj(partition -> IntStream.iterate(0, number -> number + 1)
                        .mapToObj(number -> "limit-" + number)
                        .filter(name -> LeaseIds.partition(name, partitions) == partition)
                        .findFirst()
                        .orElseThrow())
                .toList();
        for (String limit : limits) {
            ports.get(0)
                    .send(new PutLimit(limit, new Definition(SLOTS, 0, true), null, true))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private void connect(LedgerClient client) {
        KafkaLimitsView view = KafkaLimitsView.start(
                stack.clientProperties(), stack.partitions().commands());
        await().atMost(Duration.ofSeconds(30)).until(view::isReady);
        views.add(view);
        ports.add(new NotingAnswers(Confirming.over(client), view));
    }

    @AfterEach
    void stop() {
        timer.close();
        views.forEach(KafkaLimitsView::close);
        stack.close();
    }

    @Test
    void nothingIsExceededStuckOrLeftBehind() throws Exception {
        // given
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

        // when
        List<Future<List<Outcome>>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            Random its = new Random(random.nextLong());
            clients.add(threads.submit(new ContendingClient(limits, GRANTS_EACH, its, () -> gateway(its))));
        }
        threads.shutdown();
        List<Outcome> granted = new ArrayList<>();
        for (Future<List<Outcome>> client : clients) {
            granted.addAll(client.get());
        }
        await().atMost(LONGEST_LEASE.plusSeconds(5)).until(this::isNothingHeld);

        // then
        CommittedLog log = CommittedLog.readWhenQuiet(stack);
        assertThat(log.differences()).as("seed %d", seed).isEmpty();
        for (String limit : limits) {
            assertThat(heldAfterAll(log.events(limit))).as("seed %d", seed).isEmpty();
        }
        assertThat(started).as("seed %d", seed).anyMatch(MortalGateway::isDead);
        assertThat(granted).hasSize(CLIENTS * GRANTS_EACH).allSatisfy(outcome -> assertThatItWasHeld(outcome, log));
    }

    private MortalGateway gateway(Random random) {
        int side = random.nextInt(ports.size());
        MortalGateway gateway = new MortalGateway(ports.get(side), views.get(side), timer, random, DEATHS_PER_ANSWER);
        started.add(gateway);
        return gateway;
    }

    private boolean isNothingHeld() {
        return limits.stream()
                .allMatch(limit -> views.get(0).leases(limit, null, 1).isEmpty()
                        && views.get(0).waiters(limit, 0, 1).isEmpty());
    }

    /** Counts by itself, event by event; fails if ever more is held than there is. */
    private Map<UUID, Long> heldAfterAll(List<LimitEvent> events) {
        Map<UUID, Long> held = new HashMap<>();
        for (LimitEvent event : events) {
            Fact fact = event.fact();
            if (fact instanceof LeaseGranted granted) {
                assertThat(held.put(granted.lease().leaseId(), granted.lease().slots()))
                        .as("granted twice: %s", event)
                        .isNull();
            } else if (fact instanceof LeaseReleased released) {
                assertThat(held.remove(released.leaseId())).as("%s", event).isNotNull();
            } else if (fact instanceof LeaseExpired expired) {
                assertThat(held.remove(expired.leaseId())).as("%s", event).isNotNull();
            }
            assertThat(held.values().stream().mapToLong(Long::longValue).sum())
                    .as("seed %d, slots held after %s", seed, event)
                    .isLessThanOrEqualTo(SLOTS);
        }
        return held;
    }

    /** On each of its limits, and at the same time. */
    private void assertThatItWasHeld(Outcome outcome, CommittedLog log) {
        long from = Long.MIN_VALUE;
        long to = Long.MAX_VALUE;
        for (Lease lease : outcome.leases()) {
            for (LimitEvent event : log.events(lease.limit())) {
                boolean isBegin = event.fact() instanceof LeaseGranted granted
                        && granted.lease().leaseId().equals(lease.leaseId());
                from = isBegin ? Math.max(from, event.at()) : from;
                to = isEnd(event.fact(), lease.leaseId()) ? Math.min(to, event.at()) : to;
            }
        }
        assertThat(outcome.leases()).hasSizeGreaterThan(1);
        assertThat(from).as("seed %d, %s", seed, outcome).isBetween(1L, to);
    }

    private static boolean isEnd(Fact fact, UUID leaseId) {
        boolean isReleased =
                fact instanceof LeaseReleased released && released.leaseId().equals(leaseId);
        boolean isExpired =
                fact instanceof LeaseExpired expired && expired.leaseId().equals(leaseId);
        return isReleased || isExpired;
    }
}
