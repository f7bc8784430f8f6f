package io.limitledger.gateway.metrics;

import io.limitledger.client.Asking;
import io.limitledger.client.AskingDecorator;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Granted;
import io.limitledger.wire.ReplyRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Times the way to the ledger and back: to Kafka, through the decision, and back from Kafka. How long somebody stands in
 * line is a matter of those who hold; of that only the hand-over counts, from the start of the lease to the answer.
 */
public final class TimedLedger extends AskingDecorator {
    private final Clock clock;
    private final Timer roundTrips;
    private final Timer handOvers;

    /** @param clock as far as it differs from the brokers', hand-overs are off */
    public TimedLedger(Asking ledger, Clock clock, MeterRegistry registry) {
        super(ledger);
        this.clock = clock;
        this.roundTrips = Timer.builder("limits.gateway.round.trip")
                .description("From sending a command to its answer, of commands that do not wait in a queue")
                .serviceLevelObjectives(Buckets.ANSWERS)
                .register(registry);
        this.handOvers = Timer.builder("limits.gateway.hand.over")
                .description("From when a lease starts to the answer, of commands that may wait in a queue")
                .serviceLevelObjectives(Buckets.ANSWERS)
                .register(registry);
    }

    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
        long sentNanos = System.nanoTime();
        return timed(command, sentNanos, ledger.send(command, partition, by));
    }

    private CompletableFuture<ReplyRecord> timed(
            LimitCommand command, long sentNanos, CompletableFuture<ReplyRecord> answer) {
        return mayWait(command)
                ? answer.whenComplete((came, failure) -> handedOver(came))
                : answer.whenComplete(
                        (came, failure) -> roundTrips.record(System.nanoTime() - sentNanos, TimeUnit.NANOSECONDS));
    }

    private void handedOver(@Nullable ReplyRecord answer) {
        if (answer != null && answer.reply() instanceof Granted granted) {
            long tookMillis = clock.millis() - granted.lease().startsAt();
            handOvers.record(Math.max(0, tookMillis), TimeUnit.MILLISECONDS);
        }
    }

    private static boolean mayWait(LimitCommand command) {
        return command instanceof AcquireLease acquire && acquire.waitMillis() > 0;
    }
}
