package io.limitledger.gateway.metrics;

import io.limitledger.client.Answer;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.gateway.http.LedgerPort;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Times the way to the ledger and back: to Kafka, through the decision, and back from Kafka. What may stand in line is
 * left out, for how long that takes is a matter of those who hold.
 */
public final class TimedLedger implements LedgerPort {
    private final LedgerPort ledger;
    private final Timer roundTrips;

    public TimedLedger(LedgerPort ledger, MeterRegistry registry) {
        this.ledger = ledger;
        this.roundTrips = Timer.builder("limits.gateway.round.trip")
                .description("From sending a command to its answer, of commands that do not wait in line")
                .serviceLevelObjectives(Buckets.ANSWERS)
                .register(registry);
    }

    @Override
    public CompletableFuture<Answer> send(LimitCommand command) {
        long sentNanos = System.nanoTime();
        return timed(command, sentNanos, ledger.send(command));
    }

    @Override
    public CompletableFuture<Answer> send(LimitCommand command, int partition) {
        long sentNanos = System.nanoTime();
        return timed(command, sentNanos, ledger.send(command, partition));
    }

    @Override
    public int partitions() {
        return ledger.partitions();
    }

    private CompletableFuture<Answer> timed(LimitCommand command, long sentNanos, CompletableFuture<Answer> answer) {
        return mayWait(command)
                ? answer
                : answer.whenComplete(
                        (came, failure) -> roundTrips.record(System.nanoTime() - sentNanos, TimeUnit.NANOSECONDS));
    }

    private static boolean mayWait(LimitCommand command) {
        return command instanceof AcquireLease acquire && acquire.waitMillis() > 0;
    }
}
