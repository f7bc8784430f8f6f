package io.limitledger.gateway.prefect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.client.Asking;
import io.limitledger.client.Confirming;
import io.limitledger.client.LedgerClient;
import io.limitledger.client.RetryWhileRenamed;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.Tick;
import io.limitledger.core.reply.Deleted;
import io.limitledger.core.reply.Settled;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.http.HttpObserver;
import io.limitledger.gateway.http.server.GatewayServer;
import io.limitledger.gateway.http.server.HttpAddress;
import io.limitledger.gateway.http.service.Readiness;
import io.limitledger.gateway.stack.EmbeddedStack;
import io.limitledger.gateway.stack.ManualClock;
import io.limitledger.gateway.view.KafkaLimitsView;
import io.limitledger.gateway.view.NotingAnswers;
import io.limitledger.lease.Leases;
import io.limitledger.timer.SystemTimer;
import io.limitledger.wire.ReplyRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * What all tests of the Prefect API share, because it takes seconds to start: a broker, a ledger and a gateway, as they
 * are in service. Only this is the test's: the time that the broker stamps on commands, what is random, whether the parts
 * are ready, and whether the ledger fails.
 */
final class PrefectStack implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Keeps the clock ahead of real time: the ledger's own timer finds nothing due, and time moves as the test says. */
    private static final Duration AHEAD = Duration.ofHours(1);

    /** Without jitter. */
    private static final double RANDOM = 0.5;

    private final Path directory;
    private final ManualClock clock = new ManualClock(Instant.now().plus(AHEAD).truncatedTo(ChronoUnit.SECONDS));
    private final SystemTimer timer = new SystemTimer("leases");
    private final EmbeddedStack stack;
    private Gateway gateway;
    private volatile List<Readiness.Part> parts = List.of();
    private volatile @Nullable RuntimeException failure;

    /** All that is lost when a gateway ends. */
    private record Gateway(Asking ledger, KafkaLimitsView view, GatewayServer server) implements AutoCloseable {
        @Override
        public void close() {
            server.close();
            view.close();
        }
    }

    private PrefectStack() throws IOException {
        this.directory = Files.createTempDirectory("prefect-stack");
        this.stack = EmbeddedStack.start(directory, clock);
        stack.startLedger("ledger");
        this.gateway = startGateway();
    }

    /** Started by the first test that asks for it; closed after the last test of all. */
    static PrefectStack of(ExtensionContext test) {
        return test.getRoot()
                .getStore(Namespace.GLOBAL)
                .getOrComputeIfAbsent(PrefectStack.class, type -> start(), PrefectStack.class);
    }

    private static PrefectStack start() {
        try {
            return new PrefectStack();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Gateway startGateway() {
        LedgerClient client = stack.startClient();
        KafkaLimitsView view = KafkaLimitsView.start(
                stack.clientProperties(), stack.partitions().commands());
        await().atMost(PATIENCE).until(view::isReady);
        Asking ledger = new RetryWhileRenamed(new NotingAnswers(Confirming.over(client), view), timer);
        Asking failing = new FailingPort(ledger);
        GatewayServer server = GatewayServer.start(
                new HttpAddress(HttpAddress.DEFAULT_HOST, 0),
                HttpObserver.NONE,
                List.of(new PrefectApi(
                        failing,
                        view,
                        new Leases(failing, view, timer),
                        () -> parts,
                        clock,
                        () -> RANDOM,
                        Duration.ZERO,
                        Gatekeeper.OPEN)));
        return new Gateway(ledger, view, server);
    }

    /** The gateway forgets everything; the ledger stays. */
    void restartGateway() {
        gateway.close();
        gateway = startGateway();
    }

    /** As new: no limits, and the time a whole second. */
    void clear() {
        failure = null;
        parts = List.of();
        sendAll(DeleteLimit::new, Deleted.class);
        clock.advance(Duration.between(clock.instant(), clock.instant().truncatedTo(ChronoUnit.SECONDS))
                .plusSeconds(1));
    }

    int port() {
        return gateway.server().port();
    }

    Instant now() {
        return clock.instant();
    }

    /** What is due by then is done when it returns. */
    void advance(Duration time) {
        clock.advance(time);
        sendAll(Tick::new, Settled.class);
        await().atMost(PATIENCE).until(this::showsNothingThatIsOver);
    }

    /** A tick of the ledger's own may have come first; the view follows only what was answered here. */
    private boolean showsNothingThatIsOver() {
        KafkaLimitsView view = gateway.view();
        return view.limits("", null, Integer.MAX_VALUE).stream()
                .flatMap(limit -> view.leases(limit.name(), null, 1).stream())
                .allMatch(lease -> lease.expiresAt() > clock.millis());
    }

    private void sendAll(Function<String, LimitCommand> command, Class<?> expected) {
        gateway.view().caughtUp().join();
        List<CompletableFuture<ReplyRecord>> answers = gateway.view().limits("", null, Integer.MAX_VALUE).stream()
                .map(Limit::name)
                .map(name -> gateway.ledger().send(command.apply(name)))
                .toList();
        answers.forEach(answer -> assertThat(answer.join().reply()).isInstanceOf(expected));
    }

    @Nullable
    Lease lease(UUID leaseId) {
        gateway.view().caughtUp().join();
        return gateway.view().lease(leaseId);
    }

    int waiters(String limit) {
        gateway.view().caughtUp().join();
        return gateway.view().waiters(limit, 0, Integer.MAX_VALUE).size();
    }

    void setParts(List<Readiness.Part> parts) {
        this.parts = parts;
    }

    /** From now on commands fail like this. */
    void fail(RuntimeException failure) {
        this.failure = failure;
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        timer.close();
        stack.close();
        Utils.delete(directory.toFile());
    }

    private final class FailingPort implements Asking {
        private final Asking ledger;

        FailingPort(Asking ledger) {
            this.ledger = ledger;
        }

        @Override
        public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
            return failure == null ? ledger.send(command, partition, by) : CompletableFuture.failedFuture(failure);
        }

        @Override
        public int partitions() {
            return ledger.partitions();
        }
    }
}
