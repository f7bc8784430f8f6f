package io.limitledger.gateway.bench;

import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.wire.LeaseIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * One slot that goes from hand to hand: each client waits for it, works with it, and gives it back. An operation is a
 * hand-over, and takes from sending the release until the client that waited longest has its grant.
 */
final class HandOverMeasurement implements Measurement {
    static final int CLIENTS = 8;

    private static final String NAME = "bench-hand-over";
    private static final long WORK_MILLIS = 5;
    private static final long LEASE_MILLIS = 60_000;
    private static final long WAIT_MILLIS = 60_000;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Callable<Caller> callers;

    /** @param callers makes the connection of a client */
    HandOverMeasurement(Callable<Caller> callers) {
        this.callers = callers;
    }

    static PutLimit limit() {
        return Cycles.limit(NAME, 1, 0);
    }

    @Override
    public Figures over(Duration duration) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            Stopwatch stopwatch = new Stopwatch();
            Slot slot = new Slot(stopwatch.startedNanos() + duration.toNanos());
            List<Future<Long>> clients = threads.invokeAll(Stream.generate(() -> (Callable<Long>) () -> drive(slot))
                    .limit(CLIENTS)
                    .toList());
            List<Long> turns = new ArrayList<>();
            for (Future<Long> client : clients) {
                turns.add(client.get());
            }
            double inUse = (double) slot.usedNanos.get() / duration.toNanos();
            return Figures.of(slot.gaps, stopwatch).with(Turns.of(inUse, turns));
        } finally {
            threads.shutdown();
        }
    }

    /** Returns how many turns it had. */
    private long drive(Slot slot) throws Exception {
        long turns = 0;
        try (Caller caller = callers.call()) {
            while (!slot.isOver()) {
                UUID leaseId = LeaseIds.newFor(NAME);
                caller.call(Cycles.acquire(NAME, leaseId, LEASE_MILLIS, WAIT_MILLIS));
                turns += slot.isOver() ? 0 : 1;
                slot.use();
                caller.call(new ReleaseLease(NAME, leaseId));
            }
        }
        return turns;
    }

    /** What the clients share. */
    private static final class Slot {
        private static final long NEVER = Long.MIN_VALUE;

        private final Histogram gaps = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
        private final AtomicLong releasedNanos = new AtomicLong(NEVER);
        private final AtomicLong usedNanos = new AtomicLong();
        private final long endNanos;

        Slot(long endNanos) {
            this.endNanos = endNanos;
        }

        /** Once time is up, those who still wait are only served, so that nothing is left behind. */
        void use() throws InterruptedException {
            if (isOver()) {
                return;
            }
            long takenNanos = System.nanoTime();
            long released = releasedNanos.get();
            if (released != NEVER) {
                gaps.recordValue(takenNanos - released);
            }
            TimeUnit.MILLISECONDS.sleep(WORK_MILLIS);
            usedNanos.addAndGet(System.nanoTime() - takenNanos);
            releasedNanos.set(System.nanoTime());
        }

        boolean isOver() {
            return System.nanoTime() - endNanos >= 0;
        }
    }
}
