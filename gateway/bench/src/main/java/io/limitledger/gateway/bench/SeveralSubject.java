package io.limitledger.gateway.bench;

import io.limitledger.client.Confirming;
import io.limitledger.client.LedgerClient;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Refused;
import io.limitledger.gateway.view.KafkaLimitsView;
import io.limitledger.gateway.view.NotingAnswers;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import io.limitledger.timer.SystemTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks for slots of several limits over Kafka, as the gateway does on behalf of its clients. */
final class SeveralSubject implements AutoCloseable {
    private final SystemTimer timer = new SystemTimer("bench-several");
    private final KafkaLimitsView view;
    private final Leases several;

    private SeveralSubject(KafkaLimitsView view, LedgerClient client) {
        this.view = view;
        this.several = new Leases(new NotingAnswers(Confirming.over(client), view), view, timer);
    }

    static SeveralSubject start(BenchTarget target, LedgerClient client) throws InterruptedException {
        KafkaLimitsView view =
                KafkaLimitsView.start(target.kafka(), target.partitions().commands());
        SeveralSubject subject = new SeveralSubject(view, client);
        Patience.until(view::isReady, "the view to be ready");
        return subject;
    }

    Measurement measurement(Workload workload, Load load) {
        return Loops.of(
                load, () -> workload.cycle().stream().map(this::exchange).toList());
    }

    private AsyncOperation exchange(LimitCommand command) {
        return () -> ask(command).thenApply(SeveralSubject::granted);
    }

    private CompletableFuture<Outcome> ask(LimitCommand command) {
        if (command instanceof AcquireLease acquire) {
            List<String> names = new ArrayList<>(acquire.siblings());
            names.add(acquire.limit());
            return several.acquire(
                    Acquisition.of(names, acquire.slots(), acquire.leaseMillis(), acquire.waitMillis(), null)
                            .withId(acquire.leaseId()));
        }
        if (command instanceof ReleaseLease release) {
            return several.release(release.leaseId());
        }
        throw new IllegalArgumentException("Expected to acquire or release, but got " + command);
    }

    private static Outcome granted(Outcome outcome) {
        if (outcome.reply() instanceof Denied || outcome.reply() instanceof Refused) {
            throw new IllegalStateException("Expected every command of a workload to be granted, but got " + outcome);
        }
        return outcome;
    }

    @Override
    public void close() {
        timer.close();
        view.close();
    }
}
