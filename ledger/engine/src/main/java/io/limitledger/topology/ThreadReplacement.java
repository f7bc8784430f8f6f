package io.limitledger.topology;

import io.limitledger.timer.Throttle;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.PlainText;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts up again a stream thread that fell: what it had not committed is decided again, the same way. Threads that fall one
 * after the other, since brokers deny them something say, are put up at a pace at which the log can be read.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);
    private static final long PACE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long SAY_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    /** A thread without a right falls again within some seconds: it joins its group, restores its state, and commits. */
    private static final long DENIED_FOR_NANOS = Duration.ofSeconds(20).toNanos();

    private final Throttle unreadableLines = new Throttle();
    private final LongSupplier nanoTime;
    private final LongConsumer pauseNanos;
    private long nextNanos;
    private @Nullable String denied;
    private long fellNanos;
    private long saidNanos;

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
        if (ClockSteppedException.isCauseOf(failure)) {
            LOG.warn(
                    "This machine's clock stepped back, so a stream thread of the ledger is replaced: its Kafka consumer would "
                            + "stand still until the clock has caught up");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        AuthorizationException denied = denied(failure);
        if (denied == null) {
            log(failure);
        } else {
            sayDenied(denied);
        }
        long leftNanos = nextNanos - nanoTime.getAsLong();
        if (leftNanos > 0) {
            pauseNanos.accept(leftNanos);
        }
        nextNanos = nanoTime.getAsLong() + PACE_NANOS;
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** A right that Kafka denied to the last thread that fell, in words, if that was not long ago; else null. */
    synchronized @Nullable String denied() {
        return nanoTime.getAsLong() - fellNanos < DENIED_FOR_NANOS ? denied : null;
    }

    /** An operator's decision and not a fault of the program, so without a stack trace, and once a minute. */
    private void sayDenied(AuthorizationException failure) {
        long now = nanoTime.getAsLong();
        String inWords = "Kafka denies the ledger a right: " + failure.getMessage()
                + (failure instanceof TransactionalIdAuthorizationException
                        ? " It needs WRITE on transactional ids that begin with " + LedgerTopics.GROUP + "-."
                        : "")
                + " Nothing is decided until it is granted.";
        if (!inWords.equals(denied) || now - saidNanos > SAY_AGAIN_NANOS) {
            LOG.error(inWords);
            saidNanos = now;
        }
        denied = inWords;
        fellNanos = now;
    }

    private static @Nullable AuthorizationException denied(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthorizationException denied) {
                return denied;
            }
        }
        return null;
    }

    /** What only an operator can change is said in one sentence, once a minute. */
    private void log(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreadableStateException unreadable) {
                if (unreadableLines.pass() != Throttle.HELD_BACK) {
                    LOG.error(PlainText.of(String.valueOf(unreadable.getMessage())));
                }
                return;
            }
        }
        LOG.error("A stream thread of the ledger fell and is replaced", failure);
    }
}
