package io.limitledger.gateway.bench;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.rule.Decision;
import io.limitledger.topology.LedgerMetrics;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How fast one thread works off a stored backlog: from the first record, however long the thread took to start, until what
 * came of the last one is committed. An operation takes from one record to the next.
 */
final class Drain implements LedgerMetrics {
    private static final long PATIENCE_SECONDS = 300;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram gaps = new Histogram(SIGNIFICANT_DIGITS);
    private final CompletableFuture<Stopwatch> last = new CompletableFuture<>();
    private final int records;
    private @Nullable Stopwatch stopwatch;
    private long lastNanos;

    Drain(int records) {
        this.records = records;
    }

    @Override
    public void decided(LimitCommand command, Decision decision) {
        // Neither the limits, which are made once, nor ticks belong to what is drained.
        if (command instanceof AcquireLease || command instanceof ReleaseLease) {
            next();
        }
    }

    /** One more, on the only thread. */
    void next() {
        if (stopwatch == null) {
            stopwatch = new Stopwatch();
            lastNanos = stopwatch.startedNanos();
            return;
        }
        long nowNanos = System.nanoTime();
        gaps.recordValue(nowNanos - lastNanos);
        lastNanos = nowNanos;
        if (gaps.getTotalCount() == records - 1) {
            last.complete(stopwatch);
        }
    }

    /** Returns when the last record has been worked off; to commit it is left to the caller. */
    void await() throws Exception {
        Stopwatch unused = last.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** To be called once the last one is committed. */
    Figures figures() {
        return Figures.of(gaps, last.join());
    }
}
