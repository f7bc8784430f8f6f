package io.limitledger.gateway.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A number of askers, each of which sends its next command when the one before is answered. They have no threads of their
 * own: the thread that brings an answer sends the next request.
 */
final class ClosedLoop implements Measurement {
    /** Well above any client's time-out, which says better what went wrong. */
    private static final long PATIENCE_SECONDS = 120;

    private static final int SIGNIFICANT_DIGITS = 3;

    private final int inFlight;
    private final Supplier<List<AsyncOperation>> cycles;

    /** @param cycles gives an asker what to do next; its answers complete in order */
    ClosedLoop(int inFlight, Supplier<List<AsyncOperation>> cycles) {
        this.inFlight = inFlight;
        this.cycles = cycles;
    }

    @Override
    public Figures over(Duration duration) throws Exception {
        Histogram latencies = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
        Stopwatch stopwatch = new Stopwatch();
        long endNanos = stopwatch.startedNanos() + duration.toNanos();
        CompletableFuture<?>[] askers = Stream.generate(() -> new Asker(latencies, endNanos))
                .limit(inFlight)
                .map(Asker::start)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(askers).get(duration.toSeconds() + PATIENCE_SECONDS, TimeUnit.SECONDS);
        return Figures.of(latencies, stopwatch);
    }

    /** Ends with a whole cycle, so that nothing of it is left behind. */
    private final class Asker {
        private final Histogram latencies;
        private final long endNanos;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private Iterator<AsyncOperation> left = Collections.emptyIterator();
        private long sentNanos;

        Asker(Histogram latencies, long endNanos) {
            this.latencies = latencies;
            this.endNanos = endNanos;
        }

        CompletableFuture<Void> start() {
            next();
            return done;
        }

        private void next() {
            if (!left.hasNext()) {
                if (System.nanoTime() - endNanos >= 0) {
                    done.complete(null);
                    return;
                }
                left = cycles.get().iterator();
            }
            AsyncOperation exchange = left.next();
            sentNanos = System.nanoTime();
            CompletableFuture<?> unused = exchange.send().whenComplete((answer, failure) -> answered(failure));
        }

        private void answered(@Nullable Throwable failure) {
            if (failure != null) {
                done.completeExceptionally(failure);
                return;
            }
            latencies.recordValue(System.nanoTime() - sentNanos);
            next();
        }
    }
}
