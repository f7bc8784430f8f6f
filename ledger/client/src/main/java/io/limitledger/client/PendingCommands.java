package io.limitledger.client;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.state.Lease;
import io.limitledger.timer.Timer;
import io.limitledger.wire.ReplyRecord;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Commands that wait for their answers. Three kinds are counted apart, each with the same bound: those that are not decided
 * yet; those among these that only give back, so that many clients that leave at once keep no one else from asking; and those
 * that wait in a queue or for their start, so that they keep no one from renewing. Each leaves in one
 * place, {@link #take}, whatever its end: an answer, a failure or the time-out; so none is answered twice and none stays.
 *
 * <p>The ledger answers a waiter once, and replies to the last command under its lease id. Earlier ones that still wait here
 * get the same answer.
 */
final class PendingCommands implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final LongSupplier random;
    private final Timer timer;
    private final Duration timeout;
    private final int most;
    private final Map<String, Pending> byCorrelationId = new ConcurrentHashMap<>();
    private final Map<Wait, List<Pending>> byWait = new ConcurrentHashMap<>();
    private final AtomicInteger undecided = new AtomicInteger();
    private final AtomicInteger givingBack = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong lastCorrelationId = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong timeouts = new AtomicLong();

    PendingCommands(Timer timer, Duration timeout, int most) {
        this(timer, timeout, most, RANDOM::nextLong);
    }

    /** With correlation ids that a simulation can repeat. */
    PendingCommands(Timer timer, Duration timeout, int most, LongSupplier random) {
        this.random = random;
        this.timer = timer;
        this.timeout = timeout;
        this.most = most;
    }

    /** What a waiter waits for. */
    private record Wait(String limit, UUID leaseId) {}

    /** A command that is about to be sent; null if there are too many. */
    @Nullable
    Pending add(LimitCommand command) {
        if (mayWait(command) && waiting.get() >= most) {
            return null;
        }
        AtomicInteger count = Asking.givesBack(command) ? givingBack : undecided;
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return null;
        }
        Pending pending = new Pending(newCorrelationId(), waitOf(command), count);
        byCorrelationId.put(pending.correlationId(), pending);
        pending.expireIn(timeout);
        return pending;
    }

    private static List<Pending> together(List<Pending> some, List<Pending> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static boolean mayWait(LimitCommand command) {
        return command instanceof AcquireLease acquire && acquire.waitMillis() > 0;
    }

    private static @Nullable Wait waitOf(LimitCommand command) {
        return command instanceof AcquireLease acquire ? new Wait(acquire.limit(), acquire.leaseId()) : null;
    }

    /**
     * Unique, and not to be guessed: otherwise a client could make the ledger answer another client's command.
     */
    private String newCorrelationId() {
        return Long.toString(lastCorrelationId.incrementAndGet(), Character.MAX_RADIX) + "-"
                + Long.toUnsignedString(random.getAsLong(), Character.MAX_RADIX);
    }

    /** Completes the command, or notes that its outcome follows later. */
    void answer(String correlationId, ReplyRecord answer) {
        long at = answer.at();
        if (answer.reply() instanceof Queued queued) {
            waitOn(correlationId, queued.until() - at);
        } else if (answer.reply() instanceof Granted granted && granted.lease().startsAt() > at) {
            hold(correlationId, answer, untilStart(granted.lease(), at));
        } else if (!answer.reply().isInterim()) {
            end(correlationId, answer);
        }
    }

    /** No longer than was promised, even if the broker's clock has stepped back between the decision and its answer. */
    private static long untilStart(Lease lease, long at) {
        return lease.startsAt() - Math.max(at, lease.acquiredAt());
    }

    private void end(String correlationId, ReplyRecord answer) {
        Pending pending = take(correlationId);
        if (pending == null) {
            late.incrementAndGet();
        } else {
            pending.future.complete(answer);
            pending.sharers().forEach(other -> endToo(other, answer));
        }
    }

    private void endToo(Pending earlier, ReplyRecord answer) {
        if (take(earlier.correlationId) != null) {
            earlier.future.complete(answer);
        }
    }

    /** Until the slots may be used; or sooner, if another answer says so. */
    private void hold(String correlationId, ReplyRecord answer, long millis) {
        Pending pending = byCorrelationId.get(correlationId);
        if (pending != null) {
            pending.noteWait();
            pending.schedule(() -> end(correlationId, answer), millis);
        }
    }

    /** The outcome follows later, but not later than the end of the wait. */
    private void waitOn(String correlationId, long waitMillis) {
        Pending pending = byCorrelationId.get(correlationId);
        if (pending != null) {
            pending.noteWait();
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
        return undecided.get() + givingBack.get() + waiting.get();
    }

    /** Those without any answer so far, not counting those that only give back. */
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
        private final CompletableFuture<ReplyRecord> future = new CompletableFuture<>();
        private final @Nullable Wait wait;
        private Runnable cancelEnd = () -> {};
        private AtomicInteger count;
        private boolean isOver;
        private volatile @Nullable RuntimeException unsent;

        Pending(String correlationId, @Nullable Wait wait, AtomicInteger count) {
            this.correlationId = correlationId;
            this.wait = wait;
            this.count = count;
        }

        String correlationId() {
            return correlationId;
        }

        CompletableFuture<ReplyRecord> future() {
            return future;
        }

        /** Why it has not been sent yet; null once it is. If its time is over before that, nothing was done. */
        void isUnsent(@Nullable RuntimeException reason) {
            unsent = reason;
        }

        void expireIn(Duration delay) {
            schedule(this::expire, delay.toMillis());
        }

        /** How it ends unless something else ends it before. */
        synchronized void schedule(Runnable end, long millis) {
            cancelTimeout();
            cancelEnd = timer.in(millis, end);
        }

        private void expire() {
            timeouts.incrementAndGet();
            RuntimeException reason = unsent;
            fail(
                    this,
                    reason != null
                            ? reason
                            : new UnknownOutcomeException("Expected an answer within " + timeout.toMillis()
                                    + " ms, but none came; the outcome is unknown, repeat with the same id"));
        }

        private synchronized void noteWait() {
            if (count != waiting && !isOver) {
                count.decrementAndGet();
                count = waiting;
                count.incrementAndGet();
                if (wait != null) {
                    byWait.merge(wait, List.of(this), PendingCommands::together);
                }
            }
        }

        private synchronized void end() {
            isOver = true;
            count.decrementAndGet();
            cancelTimeout();
            if (wait != null && count == waiting) {
                byWait.computeIfPresent(wait, this::without);
            }
        }

        private @Nullable List<Pending> without(Wait key, List<Pending> all) {
            List<Pending> others = all.stream().filter(other -> other != this).toList();
            return others.isEmpty() ? null : others;
        }

        /** Others that wait for what this one has waited for. */
        private synchronized List<Pending> sharers() {
            boolean hasWaited = wait != null && count == waiting;
            return hasWaited ? byWait.getOrDefault(wait, List.of()) : List.of();
        }

        private void cancelTimeout() {
            cancelEnd.run();
        }
    }
}
