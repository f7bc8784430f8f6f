package io.limitledger.gateway.bench;

import io.limitledger.client.TooManyInFlightException;
import io.limitledger.client.UnknownOutcomeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Askers that come at a steady rate, whatever becomes of those before them. A cycle begins when it is due, and its first
 * operation takes from then, even if it could only be sent later: a server that hangs is not asked less often, and
 * looks no better. Each further operation follows the answer before it, and takes from there. A cycle ends when an operation is
 * refused or stays unanswered.
 */
final class OpenLoop implements Measurement {
    private static final double NANOS_PER_SECOND = 1e9;

    /** So many cycles may be under way before those that are due count as refused: memory has an end, too. */
    private static final int MOST_UNDER_WAY = 100_000;

    /** Well above any client's time-out, which says better what went wrong. */
    private static final long PATIENCE_SECONDS = 120;

    private static final int SIGNIFICANT_DIGITS = 3;

    private final int perSecond;
    private final Supplier<List<AsyncOperation>> cycles;

    /** @param perSecond operations, if all of a cycle are granted */
    OpenLoop(int perSecond, Supplier<List<AsyncOperation>> cycles) {
        this.perSecond = perSecond;
        this.cycles = cycles;
    }

    @Override
    public Figures over(Duration duration) throws Exception {
        Run run = new Run(duration);
        run.begin();
        run.await();
        return run.figures();
    }

    private final class Run {
        private final Histogram latencies = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
        private final LongAdder grantedInTime = new LongAdder();
        private final LongAdder refused = new LongAdder();
        private final LongAdder unanswered = new LongAdder();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final Semaphore free = new Semaphore(MOST_UNDER_WAY);
        private final Stopwatch stopwatch = new Stopwatch();
        private final double seconds;
        private final long endNanos;

        Run(Duration duration) {
            this.seconds = duration.toNanos() / NANOS_PER_SECOND;
            this.endNanos = stopwatch.startedNanos() + duration.toNanos();
        }

        void begin() {
            long dueNanos = stopwatch.startedNanos();
            while (dueNanos - endNanos < 0) {
                sleepUntil(dueNanos);
                List<AsyncOperation> cycle = cycles.get();
                if (free.tryAcquire()) {
                    next(cycle.iterator(), dueNanos);
                } else {
                    refused.increment();
                }
                dueNanos += (long) (cycle.size() * NANOS_PER_SECOND / perSecond);
            }
        }

        private void next(Iterator<AsyncOperation> left, long fromNanos) {
            if (left.hasNext()) {
                var unused = left.next().send().whenComplete((answer, problem) -> ended(left, fromNanos, problem));
            } else {
                free.release();
            }
        }

        private void ended(Iterator<AsyncOperation> left, long fromNanos, @Nullable Throwable problem) {
            if (problem != null) {
                count(problem instanceof CompletionException ? problem.getCause() : problem);
                free.release();
                return;
            }
            long nowNanos = System.nanoTime();
            latencies.recordValue(nowNanos - fromNanos);
            if (nowNanos - endNanos < 0) {
                grantedInTime.increment();
            }
            next(left, nowNanos);
        }

        private void count(@Nullable Throwable problem) {
            if (problem instanceof TooManyInFlightException || problem instanceof RefusedException) {
                refused.increment();
            } else if (problem instanceof UnknownOutcomeException) {
                unanswered.increment();
            } else {
                failure.compareAndSet(null, problem);
            }
        }

        void await() throws Exception {
            if (!free.tryAcquire(MOST_UNDER_WAY, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new TimeoutException(
                        "Expected all operations to end within " + PATIENCE_SECONDS + " s, but some did not");
            }
            if (failure.get() != null) {
                throw new ExecutionException(failure.get());
            }
        }

        /** What was granted late counts for how long it took, but not for how much was done. */
        Figures figures() {
            Unserved unserved = new Unserved(refused.sum() / seconds, unanswered.sum() / seconds);
            return Figures.of(latencies, stopwatch)
                    .withOpsPerSecond(grantedInTime.sum() / seconds)
                    .with(unserved);
        }
    }

    private static void sleepUntil(long dueNanos) {
        long leftNanos = dueNanos - System.nanoTime();
        while (leftNanos > 0) {
            LockSupport.parkNanos(leftNanos);
            leftNanos = dueNanos - System.nanoTime();
        }
    }
}
