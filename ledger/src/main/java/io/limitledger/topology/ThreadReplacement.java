package io.limitledger.topology;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts up again a stream thread that fell: what it had not committed is decided again, the same way. Threads that fall one
 * after the other, since brokers deny them something say, are put up at a pace at which the log can be read.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);
    private static final long PACE_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final LongConsumer pauseNanos;
    private long nextNanos;

    ThreadReplacement() {
        this(System::nanoTime, LockSupport::parkNanos);
    }

    /** With a time of its own, for tests. */
    ThreadReplacement(LongSupplier nanoTime, LongConsumer pauseNanos) {
        this.nanoTime = nanoTime;
        this.pauseNanos = pauseNanos;
        this.nextNanos = nanoTime.getAsLong();
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        LOG.error("A stream thread of the ledger fell and is replaced", failure);
        long leftNanos = nextNanos - nanoTime.getAsLong();
        if (leftNanos > 0) {
            pauseNanos.accept(leftNanos);
        }
        nextNanos = nanoTime.getAsLong() + PACE_NANOS;
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
