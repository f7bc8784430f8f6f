package io.limitledger.gateway.stack;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.limitledger.client.LedgerClient;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Definition;
import io.limitledger.gateway.http.server.HttpAddress;
import io.limitledger.gateway.metrics.Meters;
import io.limitledger.gateway.process.GatewayRole;
import io.limitledger.gateway.process.GatewaySettings;
import io.limitledger.holder.AcquireRefusedException;
import io.limitledger.holder.Lease;
import io.limitledger.holder.LedgerUnreachableException;
import io.limitledger.holder.Limits;
import io.limitledger.holder.SlotsNotFreeException;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.EventJson;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.UnreadableRecordException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a holder of slots may rely on, whichever way the ledger is asked. */
@Timeout(60)
@Tag("broker")
class LimitsClientTest {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Map<Way, Limits> CLIENTS = new EnumMap<>(Way.class);

    @TempDir
    static Path directory;

    private static EmbeddedStack stack;
    private static LedgerClient ledger;
    private static Meters meters;
    private static GatewayRole gateway;

    private final String limit = "my limit-" + NAMES.incrementAndGet();

    enum Way {
        HTTP,
        KAFKA
    }

    @BeforeAll
    static void start() {
        stack = EmbeddedStack.start(directory);
        stack.startLedger("one");
        ledger = stack.startClient();
        meters = new Meters();
        gateway = startGateway(0);
        CLIENTS.put(Way.HTTP, Limits.overHttp(URI.create("http://127.0.0.1:" + gateway.port())));
        CLIENTS.put(Way.KAFKA, Limits.overKafka(stack.clientProperties()));
    }

    private static GatewayRole startGateway(int port) {
        GatewayRole starting = GatewayRole.start(
                GatewaySettings.at(new HttpAddress("127.0.0.1", port)),
                stack.clientProperties(),
                stack.partitions(),
                stack.local(),
                meters);
        await().atMost(Duration.ofSeconds(30)).until(starting::isReady);
        return starting;
    }

    @AfterAll
    static void stop() throws Exception {
        CLIENTS.values().forEach(Limits::close);
        gateway.close();
        meters.close();
        stack.close();
    }

    /** As written, and once more within the 5 minutes for which the ids of the first run are remembered. */
    @Test
    void shouldRunTheExamplesOfThePageTwice() throws Exception {
        // given
        JavaPage page = new JavaPage(directory, "http://127.0.0.1:" + gateway.port());
        page.createLimits();
        page.compile();

        // when
        page.run(stack.clientProperties());
        page.run(stack.clientProperties());

        // then
        assertThat(page.reports()).isEqualTo("work ask work ask ");
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldAndRelease(Way way) throws Exception {
        // given
        put(2);

        // when
        try (Lease lease = CLIENTS.get(way).acquire(limit).slots(2).holder("me").now()) {
            // then
            assertThat(lease.isHeld()).isTrue();
            assertThat(isFree()).isFalse();
        }
        await().until(this::isFree);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSettleAndGiveEachGrantAHigherFence(Way way) throws Exception {
        // given
        put(10);
        long fence;

        // when
        try (Lease lease = CLIENTS.get(way).acquire(limit).slots(8).key("a/b").now()) {
            fence = lease.fence();
            lease.settle(3);
            try (Lease other = CLIENTS.get(way).acquire(limit).upTo(10).waitingUpTo(Duration.ofSeconds(20))) {
                // then
                assertThat(other.slots()).isEqualTo(7);
                assertThat(other.fence()).isGreaterThan(fence);
                assertThat(CLIENTS.get(way).acquire(limit).check().reason()).isEqualTo("limit");
            }
        }
    }

    /** A release is not waited for; what is asked afterwards is decided behind it. */
    @ParameterizedTest
    @EnumSource
    void shouldAcquireAgainWhatItHasJustReleased(Way way) throws Exception {
        // given
        put(1);

        // when
        for (int i = 0; i < 200; i++) {
            CLIENTS.get(way).acquire(limit).now().close();
        }

        // then
        await().until(this::isFree);
        assertThat(facts(limit, LeaseGranted.class)).hasSizeGreaterThanOrEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhenItIsNotFree(Way way) throws Exception {
        // given
        put(1);
        try (Lease held = CLIENTS.get(way).acquire(limit).now()) {
            // then
            assertThatThrownBy(() -> CLIENTS.get(way).acquire(limit).now())
                    .isInstanceOfSatisfying(
                            SlotsNotFreeException.class,
                            notFree -> assertThat(notFree.retryAfter())
                                    .isBetween(Duration.ofMillis(1), Duration.ofSeconds(30)))
                    .hasMessageContaining("limit '" + limit + "'");
            assertThatThrownBy(() -> CLIENTS.get(way).acquire(limit).waitingUpTo(Duration.ofMillis(300)))
                    .isInstanceOf(SlotsNotFreeException.class)
                    .hasMessageContaining("before the end of the wait");
            assertThat(held.isHeld()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldWaitInTheQueue(Way way) throws Exception {
        // given
        put(1);
        Lease first = CLIENTS.get(way).acquire(limit).now();
        CompletableFuture<Lease> second = waiting(way, Duration.ofSeconds(30));
        awaitQueued();

        // when
        first.close();

        // then
        try (Lease lease = second.orTimeout(10, SECONDS).join()) {
            assertThat(lease.isHeld()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportWhyItCanNeverBeGranted(Way way) {
        // given
        assertThatThrownBy(() -> CLIENTS.get(way).acquire(limit).now())
                .isInstanceOf(AcquireRefusedException.class)
                .hasMessageContaining("limit '" + limit + "'");

        // when
        put(2);

        // then
        assertThatThrownBy(() -> CLIENTS.get(way).acquire(limit).slots(3).now())
                .isInstanceOf(AcquireRefusedException.class)
                .hasMessageContaining("can never fit");
        assertThatThrownBy(() -> CLIENTS.get(way).acquire(limit).slots(0).now())
                .isInstanceOf(AcquireRefusedException.class)
                .hasMessageContaining("slots");
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportToWaitersThatTheLimitIsDeleted(Way way) {
        // given
        put(0);
        CompletableFuture<Lease> waiting = waiting(way, Duration.ofSeconds(30));
        awaitQueued();

        // when
        ask(new DeleteLimit(limit));

        // then
        assertThatThrownBy(() -> waiting.orTimeout(10, SECONDS).join())
                .hasCauseInstanceOf(AcquireRefusedException.class)
                .hasMessageContaining("deleted");
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveTheLineWhenItIsInterrupted(Way way) throws Exception {
        // given
        put(1);
        Lease held = CLIENTS.get(way).acquire(limit).now();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = new Thread(() -> thrown.set(thrownByWaiting(way)));
        waiting.start();
        awaitQueued();

        // when
        waiting.interrupt();
        waiting.join();
        held.close();

        // then
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        await().until(this::isFree);
    }

    /** The shortest lease there is; it lives on for as long as it is renewed. */
    @ParameterizedTest
    @EnumSource
    void shouldRenewItself(Way way) throws Exception {
        // given
        put(1);

        // when
        try (Lease lease =
                CLIENTS.get(way).acquire(limit).leasedFor(Duration.ofSeconds(1)).now()) {
            await().until(() -> renewals() >= 6);

            // then
            assertThat(lease.isHeld()).isTrue();
            assertThat(isFree()).isFalse();
        }
        assertThat(facts(limit, LeaseExpired.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportToItsHolderWhenAnotherClientReleasesIt(Way way) throws Exception {
        // given
        put(1);
        CompletableFuture<String> lost = new CompletableFuture<>();
        try (Lease lease =
                CLIENTS.get(way).acquire(limit).leasedFor(Duration.ofSeconds(1)).now()) {
            lease.onLost(lost::complete);

            // when
            ask(new ReleaseLease(limit, lease.id()));

            // then
            assertThat(lost.orTimeout(10, SECONDS).join()).containsAnyOf("it is not held", "was released at");
            assertThat(lease.isHeld()).isFalse();
        }
    }

    /** The next renewal, which would notice as well, is due after 400 s. */
    @Test
    void shouldBeSentTheEndOfItsLeaseInASession() throws Exception {
        // given
        put(1);
        CompletableFuture<String> lost = new CompletableFuture<>();
        try (Lease lease = CLIENTS.get(Way.HTTP)
                .acquire(limit)
                .leasedFor(Duration.ofMinutes(20))
                .now()) {
            lease.onLost(lost::complete);

            // when
            ask(new DeleteLimit(limit));

            // then
            assertThat(lost.orTimeout(10, SECONDS).join()).contains("was deleted");
            assertThat(lease.isHeld()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepItsLeaseWhenTheLimitIsRenamed(Way way) throws Exception {
        // given
        put(1);
        try (Lease lease =
                CLIENTS.get(way).acquire(limit).leasedFor(Duration.ofSeconds(1)).now()) {
            // when
            String newName = nameInAnotherPartition();
            ask(new RenameLimit(limit, newName));
            await().until(() -> facts(newName, LeaseRenewed.class).size() >= 4);

            // then
            assertThat(lease.isHeld()).isTrue();
            lease.close();
            await().until(() -> isFree(newName));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSpend(Way way) throws Exception {
        // given
        ask(new PutLimit(limit, new Definition(3, 0.01, true), null, false));

        // when
        CLIENTS.get(way).spend(limit).slots(3).now();

        // then
        assertThatThrownBy(() -> CLIENTS.get(way).spend(limit).now())
                .isInstanceOfSatisfying(
                        SlotsNotFreeException.class,
                        notFree -> assertThat(notFree.retryAfter())
                                .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldSpendAtThePaceOfTheLimit(Way way) throws Exception {
        // given
        ask(new PutLimit(limit, new Definition(1, 5, true), null, false));
        long firstNanos = System.nanoTime();

        // when
        for (int spent = 0; spent < 4; spent++) {
            CLIENTS.get(way).spend(limit).waitingUpTo(Duration.ofSeconds(10));
        }

        // then
        assertThat(Duration.ofNanos(System.nanoTime() - firstNanos)).isGreaterThanOrEqualTo(Duration.ofMillis(600));
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetOthersGoFirstWhenInterruptedBeforeItsTurn(Way way) throws Exception {
        // given
        ask(new PutLimit(limit, new Definition(1, 0.05, true), null, false));
        CLIENTS.get(way).spend(limit).now();
        Thread impatient = new Thread(() -> {
            try {
                CLIENTS.get(way).spend(limit).waitingUpTo(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        impatient.start();
        awaitQueued();

        // when
        impatient.interrupt();

        // then
        await().until(() -> !facts(limit, WaiterLeft.class).isEmpty());
        impatient.join();
    }

    /** Over the one way the gateway is away meanwhile, over the other the ledger. */
    @ParameterizedTest
    @EnumSource
    void shouldKeepItsPositionAndItsLeasesWhileNoGatewayAnswers(Way way) throws Exception {
        // given
        put(2);
        Lease held = CLIENTS.get(way)
                .acquire(limit)
                .leasedFor(Duration.ofSeconds(20))
                .now();
        Lease other = CLIENTS.get(way).acquire(limit).now();
        CompletableFuture<Lease> waiting = waiting(way, Duration.ofSeconds(50));
        awaitQueued();

        // when
        restart(way);
        other.close();

        // then
        try (Lease lease = waiting.orTimeout(30, SECONDS).join()) {
            assertThat(lease.isHeld()).isTrue();
            assertThat(held.isHeld()).isTrue();
            assertThat(facts(limit, WaiterQueued.class))
                    .extracting(queued -> queued.waiter().leaseId())
                    .containsOnly(lease.id());
        }
        held.close();
        await().until(this::isFree);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldSeveralLimitsAtOnce(Way way) throws Exception {
        // given
        put(1);
        String other = limit + " too";
        ask(new PutLimit(other, new Definition(1, 0, true), null, false));

        // when
        try (Lease lease = CLIENTS.get(way)
                .acquire(limit, other)
                .leasedFor(Duration.ofSeconds(1))
                .now()) {
            await().until(() -> renewals() >= 3);

            // then
            assertThat(lease.isHeld()).isTrue();
            assertThat(isFree()).isFalse();
            assertThat(isFree(other)).isFalse();
        }
        await().until(() -> isFree() && isFree(other));
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldNoneOfSeveralLimitsWhenOneIsFull(Way way) throws Exception {
        // given
        put(1);
        String other = limit + " too";
        ask(new PutLimit(other, new Definition(1, 0, true), null, false));
        try (Lease held = CLIENTS.get(way).acquire(other).now()) {
            // when
            assertThatThrownBy(() -> CLIENTS.get(way).acquire(limit, other).now())
                    .isInstanceOf(SlotsNotFreeException.class)
                    .hasMessageContaining(other);

            // then
            assertThat(held.isHeld()).isTrue();
            assertThat(isFree()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepALeaseOnSeveralLimitsWhenOneIsRenamed(Way way) throws Exception {
        // given
        put(1);
        String other = limit + " too";
        ask(new PutLimit(other, new Definition(1, 0, true), null, false));
        try (Lease lease = CLIENTS.get(way)
                .acquire(limit, other)
                .leasedFor(Duration.ofSeconds(1))
                .now()) {
            // when
            String newName = nameInAnotherPartition();
            ask(new RenameLimit(limit, newName));
            await().until(() -> facts(newName, LeaseRenewed.class).size() >= 4);

            // then
            assertThat(lease.isHeld()).isTrue();
            lease.close();
            await().until(() -> isFree(newName) && isFree(other));
        }
    }

    @Test
    void shouldNotTakeAnotherServiceForAGateway() {
        try (Limits limits = Limits.overHttp(URI.create("http://127.0.0.1:" + gateway.port() + "/docs"))) {
            assertThatThrownBy(() -> limits.acquire(limit).now()).isInstanceOf(AcquireRefusedException.class);
        }
        assertThatThrownBy(() -> Limits.overHttp(URI.create("localhost:8080")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as http://127.0.0.1:8080");
    }

    @Test
    void shouldSayThatNoGatewayAnswers() {
        try (Limits limits = Limits.overHttp(URI.create("http://127.0.0.1:9"))) {
            assertThatThrownBy(() -> limits.acquire(limit).now()).isInstanceOf(LedgerUnreachableException.class);
        }
    }

    private static void restart(Way way) {
        if (way == Way.HTTP) {
            int port = gateway.port();
            gateway.close();
            gateway = startGateway(port);
        } else {
            stack.stopLedger("one");
            stack.startLedger("one");
        }
    }

    private CompletableFuture<Lease> waiting(Way way, Duration patience) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return CLIENTS.get(way).acquire(limit).waitingUpTo(patience);
                    } catch (InterruptedException e) {
                        throw new CompletionException(e);
                    }
                },
                work -> new Thread(work).start());
    }

    private Throwable thrownByWaiting(Way way) {
        try {
            CLIENTS.get(way).acquire(limit).waitingUpTo(Duration.ofSeconds(30));
            return null;
        } catch (InterruptedException | RuntimeException e) {
            return e;
        }
    }

    private void awaitQueued() {
        await().until(() -> !facts(limit, WaiterQueued.class).isEmpty());
    }

    private int renewals() {
        return facts(limit, LeaseRenewed.class).size();
    }

    /** As they are written, without waiting for the commit. */
    private static <T extends Fact> List<T> facts(String name, Class<T> kind) {
        try (TopicReader events = new TopicReader(stack.clientProperties(), "read_uncommitted")) {
            return events.read(LedgerTopics.EVENTS).stream()
                    .map(record -> event(record.value()))
                    .filter(event -> event.limit().equals(name))
                    .map(LimitEvent::fact)
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .toList();
        }
    }

    private static LimitEvent event(byte[] json) {
        try {
            return EventJson.read(json);
        } catch (UnreadableRecordException e) {
            throw new AssertionError(e);
        }
    }

    private String nameInAnotherPartition() {
        int here = LeaseIds.partition(limit, stack.partitions().commands());
        String name = limit + " renamed";
        while (LeaseIds.partition(name, stack.partitions().commands()) == here) {
            name += "!";
        }
        return name;
    }

    private boolean isFree() {
        return isFree(limit);
    }

    /** Whether a slot would be granted; it is not taken. */
    private static boolean isFree(String name) {
        UUID leaseId = LeaseIds.newFor(name);
        Reply reply = ask(new AcquireLease(name, leaseId, 1, 60_000, 0, null, List.of()));
        assertThat(reply).isInstanceOfAny(Granted.class, Denied.class);
        ask(new ReleaseLease(name, leaseId));
        return reply instanceof Granted;
    }

    private void put(long slots) {
        ask(new PutLimit(limit, new Definition(slots, 0, true), null, false));
    }

    private static Reply ask(LimitCommand command) {
        return ledger.send(command).orTimeout(20, SECONDS).join().reply();
    }
}
