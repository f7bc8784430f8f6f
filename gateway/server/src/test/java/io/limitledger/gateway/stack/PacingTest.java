package io.limitledger.gateway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.limitledger.client.LedgerClient;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Definition;
import io.limitledger.wire.LeaseIds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A rate limit over a real Kafka gives out what its bucket says, no more in any window and no less in the end. */
@Timeout(180)
@Tag("broker")
class PacingTest {
    private static final String LIMIT = "calls";
    private static final int SLOTS = 10;
    private static final double DECAY_PER_SECOND = 10;
    private static final long HUNDREDTHS = 100;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final int CLIENTS = 8;
    private static final long WAIT_MILLIS = 30_000;
    private static final long MILLIS_BETWEEN_TRIES = 7;
    private static final Duration SHORT = Duration.ofSeconds(4);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger waiting = new AtomicInteger();
    private EmbeddedStack stack;
    private LedgerClient client;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        stack = EmbeddedStack.start(directory);
        stack.startLedger("one");
        client = stack.startClient();
        client.send(new PutLimit(LIMIT, new Definition(SLOTS, DECAY_PER_SECOND, true), null, true))
                .get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void shouldPaceThoseWhoWait() {
        // when
        waitAgainAndAgain(SHORT);

        // then
        assertThatTheBucketWasKept(SHORT);
    }

    @Test
    void shouldPaceThoseWhoTryAgainAndAgain() {
        // when
        tryAgainAndAgain(SHORT);

        // then
        assertThatTheBucketWasKept(SHORT);
    }

    @Test
    @Tag("faults")
    void shouldPaceThoseWhoWaitForAMinute() {
        // when
        waitAgainAndAgain(LONG);

        // then
        assertThatTheBucketWasKept(LONG);
    }

    @Test
    @Tag("faults")
    void shouldPaceThoseWhoTryAgainAndAgainForAMinute() {
        // when
        tryAgainAndAgain(LONG);

        // then
        assertThatTheBucketWasKept(LONG);
    }

    private void waitAgainAndAgain(Duration duration) {
        for (int each = 0; each < CLIENTS; each++) {
            waiting.incrementAndGet();
            waitOnce();
        }
        await().during(duration).atMost(duration.plusSeconds(10)).until(() -> waiting.get() == CLIENTS);
        isOver.set(true);
        await().atMost(Duration.ofMillis(WAIT_MILLIS)).until(() -> waiting.get() == 0);
    }

    private void waitOnce() {
        CompletableFuture<?> unused = acquire(WAIT_MILLIS).whenComplete((answer, failure) -> {
            if (failure != null || isOver.get()) {
                waiting.decrementAndGet();
            } else {
                waitOnce();
            }
        });
    }

    private void tryAgainAndAgain(Duration duration) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try {
            AtomicInteger tries = new AtomicInteger();
            var unused =
                    timer.scheduleAtFixedRate(() -> tryOnce(tries), 0, MILLIS_BETWEEN_TRIES, TimeUnit.MILLISECONDS);
            await().atMost(duration.plusSeconds(30))
                    .until(() -> tries.get() >= duration.toMillis() / MILLIS_BETWEEN_TRIES);
        } finally {
            timer.shutdownNow();
        }
    }

    private void tryOnce(AtomicInteger tries) {
        CompletableFuture<?> unused = acquire(0).thenRun(tries::incrementAndGet);
    }

    private CompletableFuture<Reply> acquire(long waitMillis) {
        return client.send(new AcquireLease(LIMIT, LeaseIds.newFor(LIMIT), 1, 0, waitMillis, null, List.of()))
                .thenApply(answer -> answer.reply());
    }

    private void assertThatTheBucketWasKept(Duration duration) {
        CommittedLog log = CommittedLog.readWhenQuiet(stack);
        assertThat(log.differences()).isEmpty();
        List<Long> starts = log.facts(LIMIT, LeaseGranted.class).stream()
                .map(granted -> granted.lease().startsAt())
                .toList();
        assertThat(starts).isSorted();
        for (int first = 0; first < starts.size(); first++) {
            for (int last = first; last < starts.size(); last++) {
                assertThat(last - first + 1.0)
                        .as("starts from %d to %d", starts.get(first), starts.get(last))
                        .isLessThanOrEqualTo(mostWithin(starts.get(last) - starts.get(first)));
            }
        }
        assertThat(starts.get(starts.size() - 1) - starts.get(0))
                .isGreaterThanOrEqualTo(duration.minusSeconds(1).toMillis());
        assertThat(starts.size()).isCloseTo(startsOfAnExactBucket(log.events(LIMIT)), within(1));
    }

    /**
     * How many requests start, given when each was decided first. Reckons in hundredths of a slot, of which one decays in a
     * millisecond. A request that was denied was not willing to wait.
     */
    private static int startsOfAnExactBucket(List<LimitEvent> events) {
        Set<UUID> known = new HashSet<>();
        int starts = 0;
        long level = 0;
        long at = 0;
        for (LimitEvent event : events) {
            UUID request = request(event.fact());
            if (request == null || !known.add(request)) {
                continue;
            }
            long asked = Math.max(at, event.at());
            long missing = Math.max(0, level - (asked - at) - HUNDREDTHS * (SLOTS - 1));
            if (missing == 0 || !(event.fact() instanceof LeaseDenied)) {
                level = Math.max(0, level - (asked + missing - at)) + HUNDREDTHS;
                at = asked + missing;
                starts++;
            }
        }
        return starts;
    }

    private static UUID request(Fact fact) {
        if (fact instanceof WaiterQueued queued) {
            return queued.waiter().leaseId();
        }
        if (fact instanceof LeaseGranted granted) {
            return granted.lease().leaseId();
        }
        return fact instanceof LeaseDenied denied ? denied.leaseId() : null;
    }

    private static double mostWithin(long millis) {
        return SLOTS + DECAY_PER_SECOND * millis / MILLIS_PER_SECOND;
    }
}
