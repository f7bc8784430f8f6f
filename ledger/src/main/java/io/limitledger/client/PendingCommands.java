package io.limitledger.client;

import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Queued;
import io.limitledger.timer.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Commands that wait for their answers, a bounded number of them; and as many more that have been told to wait, in line or
 * for their start, so that those cannot keep anybody from renewing or releasing. Each leaves in one place, {@link #take}, whatever its
 * end: an answer, a failure or the time-out; so none is answered twice and none stays.
 */
final class PendingCommands implements AutoCloseable {
    private final Timer timer;
    private final Duration timeout;
    private final int most;
    private final Map<String, Pending> byCorrelationId = new ConcurrentHashMap<>();
    private final AtomicInteger undecided = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong lastCorrelationId = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong timeouts = new AtomicLong();

    PendingCommands(Timer timer, Duration timeout, int most) {
        this.timer = timer;
        this.timeout = timeout;
        this.most = most;
    }

    /**
     * A command that is about to be sent; null if there are too many.
     *
     * @param mayWait whether it may be told to wait
     */
    @Nullable
    Pending add(boolean mayWait) {
        if (mayWait && waiting.get() >= most) {
            return null;
        }
        if (undecided.incrementAndGet() > most) {
            undecided.decrementAndGet();
            return null;
        }
        Pending pending = new Pending(Long.toString(lastCorrelationId.incrementAndGet(), Character.MAX_RADIX));
        byCorrelationId.put(pending.correlationId(), pending);
        pending.expireIn(timeout);
        return pending;
    }

    /**
     * What was answered.
     *
     * @param at epoch milliseconds of the answer
     */
    void answer(String correlationId, Answer answer, long at) {
        if (answer.reply() instanceof Queued queued) {
            waitOn(correlationId, queued.until() - at);
        } else if (answer.reply() instanceof Granted granted && granted.lease().startsAt() > at) {
            hold(correlationId, answer, granted.lease().startsAt() - at);
        } else if (!answer.reply().isInterim()) {
            end(correlationId, answer);
        }
    }

    private void end(String correlationId, Answer answer) {
        Pending pending = take(correlationId);
        if (pending == null) {
            late.incrementAndGet();
        } else {
            pending.future.complete(answer);
        }
    }

    /** Until the slots may be used; or sooner, if another answer says so. */
    private void hold(String correlationId, Answer answer, long millis) {
        Pending pending = byCorrelationId.get(correlationId);
        if (pending != null) {
            pending.isToldToWait();
            pending.schedule(() -> end(correlationId, answer), millis);
        }
    }

    /** The outcome follows later, but not later than the end of the wait. */
    private void waitOn(String correlationId, long waitMillis) {
        Pending pending = byCorrelationId.get(correlationId);
        if (pending != null) {
            pending.isToldToWait();
            pending.expireIn(timeout.plusMillis(Math.max(0, waitMillis)));
        }
    }

    void fail(Pending pending, RuntimeException failure) {
        if (take(pending.correlationId) != null) {
            pending.future.completeExceptionally(failure);
        }
    }

    private @Nullable Pending take(String correlationId) {
        Pending pending = byCorrelationId.remove(correlationId);
        if (pending != null) {
            pending.end();
        }
        return pending;
    }

    int size() {
        return undecided.get() + waiting.get();
    }

    /** Those of which nothing has been heard yet. */
    int undecided() {
        return undecided.get();
    }

    long timeouts() {
        return timeouts.get();
    }

    long lateReplies() {
        return late.get();
    }

    @Override
    public void close() {
        byCorrelationId
                .values()
                .forEach(pending ->
                        fail(pending, new UnknownOutcomeException("The client was closed before an answer")));
    }

    /** A command on its way. */
    final class Pending {
        private final String correlationId;
        private final CompletableFuture<Answer> future = new CompletableFuture<>();
        private Runnable cancelEnd = () -> {};
        private boolean isWaiting;
        private boolean isOver;

        Pending(String correlationId) {
            this.correlationId = correlationId;
        }

        String correlationId() {
            return correlationId;
        }

        CompletableFuture<Answer> future() {
            return future;
        }

        void expireIn(Duration delay) {
            schedule(this::expire, delay.toMillis());
        }

        /** What happens to it unless something else does before. */
        synchronized void schedule(Runnable end, long millis) {
            cancelTimeout();
            cancelEnd = timer.in(millis, end);
        }

        private void expire() {
            timeouts.incrementAndGet();
            fail(
                    this,
                    new UnknownOutcomeException("Expected an answer within " + timeout.toMillis()
                            + " ms, but none came; the outcome is unknown, repeat with the same id"));
        }

        private synchronized void isToldToWait() {
            if (!isWaiting && !isOver) {
                isWaiting = true;
                waiting.incrementAndGet();
                undecided.decrementAndGet();
            }
        }

        private synchronized void end() {
            isOver = true;
            (isWaiting ? waiting : undecided).decrementAndGet();
            cancelTimeout();
        }

        private void cancelTimeout() {
            cancelEnd.run();
        }
    }
}
