package io.limitledger.gateway.stack;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.client.LedgerClient;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.state.Definition;
import io.limitledger.topology.LedgerEngine;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.ReplyRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ledgers come and go under load, and the log does not show it. */
@Timeout(120)
@Tag("broker")
class TwoLedgersTest {
    private static final List<String> LIMITS =
            IntStream.range(0, 12).mapToObj(i -> "limit-" + i).toList();
    private static final int SLOTS = 3;

    private EmbeddedStack stack;

    @BeforeEach
    void start(@TempDir Path directory) {
        stack = EmbeddedStack.start(directory);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void shouldDecideEachCommandOnceWhileLedgersComeAndGo() throws Exception {
        // given
        LedgerEngine one = stack.startLedger("one");
        LedgerClient client = stack.startClient(Duration.ofSeconds(20), 10_000);
        for (String limit : LIMITS) {
            client.send(new PutLimit(limit, new Definition(SLOTS, 0, true), null, true))
                    .get(20, SECONDS);
        }

        // when
        Load load = Load.start(client);
        load.awaitAnswers(300);
        LedgerEngine two = stack.startLedger("two");
        await().atMost(Duration.ofSeconds(20)).until(() -> hasPartitions(one) && hasPartitions(two));
        load.awaitAnswers(300);
        stack.stopLedger("one");
        load.awaitAnswers(300);
        stack.startLedger("one");
        load.awaitAnswers(300);
        List<ReplyRecord> answers = load.stop();

        // then
        CommittedLog log = CommittedLog.readWhenQuiet(stack);
        assertThat(log.differences()).isEmpty();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(log.repliesOf(answer.partition(), answer.offset()))
                        .contains(answer.reply()));
        assertThat(grantedIds(answers))
                .allSatisfy(leaseId ->
                        assertThat(grants(log)).filteredOn(leaseId::equals).hasSize(1));
        LIMITS.forEach(limit -> assertThat(log.mostHeldAtOnce(limit)).isEqualTo(SLOTS));
    }

    private static boolean hasPartitions(LedgerEngine ledger) {
        return ledger.isRunning()
                && ledger.streams().metadataForLocalThreads().stream()
                        .anyMatch(thread -> !thread.activeTasks().isEmpty());
    }

    private static List<UUID> grantedIds(List<ReplyRecord> answers) {
        return answers.stream()
                .filter(answer -> answer.reply() instanceof Granted)
                .map(answer -> ((Granted) answer.reply()).lease().leaseId())
                .distinct()
                .toList();
    }

    private static List<UUID> grants(CommittedLog log) {
        return LIMITS.stream()
                .flatMap(limit -> log.facts(limit, LeaseGranted.class).stream())
                .map(granted -> granted.lease().leaseId())
                .toList();
    }

    /** Asks for slots of random limits and gives most of them back, a bounded number of commands at a time. */
    private static final class Load {
        private static final int AT_A_TIME = 16;

        private final LedgerClient client;
        private final Random random = new Random(1);
        private final Queue<ReplyRecord> answers = new ConcurrentLinkedQueue<>();
        private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        private final AtomicInteger inFlight = new AtomicInteger();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final Thread thread = new Thread(this::run, "load");

        private Load(LedgerClient client) {
            this.client = client;
        }

        static Load start(LedgerClient client) {
            Load load = new Load(client);
            load.thread.start();
            return load;
        }

        private void run() {
            while (!stopped.get()) {
                if (inFlight.get() < AT_A_TIME) {
                    String limit = LIMITS.get(random.nextInt(LIMITS.size()));
                    long waitMillis = random.nextBoolean() ? 0 : 2_000;
                    send(new AcquireLease(limit, LeaseIds.newFor(limit), 1, 3_000, waitMillis, null, List.of()));
                } else {
                    Thread.onSpinWait();
                }
            }
        }

        private void send(LimitCommand command) {
            inFlight.incrementAndGet();
            var unused = client.send(command).whenComplete((answer, failure) -> {
                if (failure != null) {
                    failures.add(failure);
                } else {
                    answers.add(answer);
                    giveBackMostly(answer);
                }
                inFlight.decrementAndGet();
            });
        }

        private void giveBackMostly(ReplyRecord answer) {
            if (answer.reply() instanceof Granted granted
                    && granted.lease().leaseId().hashCode() % 8 != 0) {
                send(new ReleaseLease(granted.lease().limit(), granted.lease().leaseId()));
            }
        }

        void awaitAnswers(int more) {
            int before = answers.size();
            await().atMost(Duration.ofSeconds(40)).until(() -> answers.size() >= before + more);
        }

        List<ReplyRecord> stop() throws InterruptedException {
            stopped.set(true);
            thread.join();
            await().atMost(Duration.ofSeconds(40)).until(() -> inFlight.get() == 0);
            assertThat(failures).isEmpty();
            return new ArrayList<>(answers);
        }
    }
}
