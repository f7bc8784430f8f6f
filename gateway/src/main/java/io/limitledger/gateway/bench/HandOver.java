package io.limitledger.gateway.bench;

import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.wire.LeaseIds;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One slot that goes from hand to hand: the time from sending a release to the grant of whoever waited longest. An
 * operation is a hand-over.
 */
final class HandOver implements Measurement {
    /** One holds, the others wait. */
    static final int ASKERS = 9;

    private static final String NAME = "bench-hand-over";
    private static final long LEASE_MILLIS = 60_000;
    private static final long WAIT_MILLIS = 60_000;
    private static final long PATIENCE_SECONDS = 120;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final KafkaSubject ledger;

    HandOver(KafkaSubject ledger) {
        this.ledger = ledger;
    }

    static PutLimit limit() {
        return Cycles.limit(NAME, 1, 0);
    }

    @Override
    public Figures over(Duration duration) throws Exception {
        Stopwatch stopwatch = new Stopwatch();
        Slot slot = new Slot(stopwatch.startedNanos() + duration.toNanos());
        CompletableFuture<?>[] askers = Stream.generate(() -> new Asker(slot))
                .limit(ASKERS)
                .map(Asker::start)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(askers).get(duration.toSeconds() + PATIENCE_SECONDS, TimeUnit.SECONDS);
        return Figures.of(slot.gaps, stopwatch);
    }

    /** What the askers share. */
    private static final class Slot {
        private static final long NEVER = Long.MIN_VALUE;

        private final Histogram gaps = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
        private final AtomicLong releasedNanos = new AtomicLong(NEVER);
        private final long endNanos;

        Slot(long endNanos) {
            this.endNanos = endNanos;
        }

        void taken() {
            long released = releasedNanos.getAndSet(NEVER);
            if (released != NEVER) {
                gaps.recordValue(System.nanoTime() - released);
            }
        }

        void released() {
            releasedNanos.set(System.nanoTime());
        }

        boolean isOver() {
            return System.nanoTime() - endNanos >= 0;
        }
    }

    private final class Asker {
        private final Slot slot;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Asker(Slot slot) {
            this.slot = slot;
        }

        CompletableFuture<Void> start() {
            acquire();
            return done;
        }

        private void acquire() {
            if (slot.isOver()) {
                done.complete(null);
                return;
            }
            UUID leaseId = LeaseIds.newFor(NAME);
            CompletableFuture<?> unused = ledger.ask(Cycles.acquire(NAME, leaseId, LEASE_MILLIS, WAIT_MILLIS))
                    .whenComplete((granted, failure) -> then(failure, () -> release(leaseId)));
        }

        private void release(UUID leaseId) {
            slot.taken();
            slot.released();
            CompletableFuture<?> unused = ledger.ask(new ReleaseLease(NAME, leaseId))
                    .whenComplete((released, failure) -> then(failure, this::acquire));
        }

        private void then(@Nullable Throwable failure, Runnable next) {
            if (failure == null) {
                next.run();
            } else {
                done.completeExceptionally(failure);
            }
        }
    }
}
