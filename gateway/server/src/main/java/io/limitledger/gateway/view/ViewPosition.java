package io.limitledger.gateway.view;

import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Returned;
import io.limitledger.wire.ReplyRecord;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How far the view has come, and how far it must come before this gateway may show it: per partition, the offset of the
 * last command whose decision was seen, of the last one that was answered, and of the last one that changed a definition.
 */
final class ViewPosition {
    /** Longer than a view ever lags while the ledger is well. After it an old view is better than none. */
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    /** Each look at Kafka is work for the broker too, and only callers that wait notice so short a lag. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** The same while no client looks at the view; the next one waits for what has gathered. */
    private static final long GATHER_UNWATCHED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A client that has looked often looks again: a page that refreshes itself does so every few seconds. */
    private static final long WATCHED_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** What has been fetched since the last look comes with the next one; what has been written since, with the one after. */
    private static final int FRESH_AFTER_LOOKS = 2;

    /** Where nothing new is written, no look follows; longer than a record takes on its way. */
    private static final long LONGEST_WAIT_FOR_LOOKS_MILLIS = 20;

    private final AtomicLongArray seen;
    private final AtomicLongArray answered;
    private final AtomicLongArray defined;
    private final Queue<Wait> waits = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread gathering;
    private volatile long watchedAtNanos = System.nanoTime() - WATCHED_NANOS;

    ViewPosition(int partitions) {
        this.seen = filled(partitions);
        this.answered = filled(partitions);
        this.defined = filled(partitions);
    }

    private static AtomicLongArray filled(int partitions) {
        AtomicLongArray offsets = new AtomicLongArray(partitions);
        for (int partition = 0; partition < partitions; partition++) {
            offsets.set(partition, ViewState.NONE);
        }
        return offsets;
    }

    void answered(ReplyRecord answer) {
        // A reply that others wrote may name any partition.
        if (answer.changed() && answer.partition() >= 0 && answer.partition() < answered.length()) {
            answered.accumulateAndGet(answer.partition(), answer.offset(), Math::max);
            if (!isAboutSlots(answer.reply())) {
                defined.accumulateAndGet(answer.partition(), answer.offset(), Math::max);
            }
        }
    }

    /** Such answers are most of all, and leave what limits there are as it was. */
    private static boolean isAboutSlots(Reply reply) {
        return reply instanceof Granted
                || reply instanceof Renewed
                || reply instanceof Released
                || reply instanceof Returned
                || reply instanceof Denied
                || reply instanceof Cancelled;
    }

    void seen(int partition, long offset) {
        seen.accumulateAndGet(partition, offset, Math::max);
    }

    CompletableFuture<Void> caughtUp() {
        return seen(answered);
    }

    CompletableFuture<Void> definitionsCaughtUp() {
        return seen(defined);
    }

    private CompletableFuture<Void> seen(AtomicLongArray offsets) {
        boolean wasWatched = isWatched();
        watchedAtNanos = System.nanoTime();
        long[] needed = copy(offsets);
        boolean isSeen = hasSeen(needed);
        if (isSeen && wasWatched) {
            return CompletableFuture.completedFuture(null);
        }
        Wait wait = new Wait(needed, isSeen ? FRESH_AFTER_LOOKS : 0);
        waits.add(wait);
        LockSupport.unpark(gathering);
        // What was seen in between would wake no caller.
        wake(0);
        long longestMillis = isSeen ? LONGEST_WAIT_FOR_LOOKS_MILLIS : LONGEST_WAIT_MILLIS;
        return wait.future.completeOnTimeout(null, longestMillis, TimeUnit.MILLISECONDS);
    }

    /** To be called after each look. */
    void wake() {
        wake(1);
    }

    private void wake(int looks) {
        for (Iterator<Wait> all = waits.iterator(); all.hasNext(); ) {
            Wait wait = all.next();
            if (wait.future.isDone() || (wait.looks.addAndGet(-looks) <= 0 && hasSeen(wait.needed))) {
                all.remove();
                wait.future.complete(null);
            }
        }
    }

    /** For the thread that reads: lets more come together, unless a caller waits to see it. */
    void gather() {
        gathering = Thread.currentThread();
        if (waits.isEmpty()) {
            LockSupport.parkNanos(isWatched() ? GATHER_NANOS : GATHER_UNWATCHED_NANOS);
        }
    }

    private boolean isWatched() {
        return System.nanoTime() - watchedAtNanos < WATCHED_NANOS;
    }

    private boolean hasSeen(long[] needed) {
        for (int partition = 0; partition < needed.length; partition++) {
            if (seen.get(partition) < needed[partition]) {
                return false;
            }
        }
        return true;
    }

    private static long[] copy(AtomicLongArray offsets) {
        long[] copy = new long[offsets.length()];
        for (int partition = 0; partition < copy.length; partition++) {
            copy[partition] = offsets.get(partition);
        }
        return copy;
    }

    private static final class Wait {
        final long[] needed;
        /** How many looks are still needed. */
        final AtomicInteger looks;

        final CompletableFuture<Void> future = new CompletableFuture<>();

        Wait(long[] needed, int looks) {
            this.needed = needed;
            this.looks = new AtomicInteger(looks);
        }
    }
}
