package io.limitledger.gateway.view;

import io.limitledger.client.Answer;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How far the view has come, and how far it must come before this gateway may show it: per partition, the offset of the
 * last command whose decision was seen, and of the last one that was answered.
 */
final class ViewPosition {
    /** Longer than a view ever lags while the ledger is well. After it an old view is better than none. */
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    private static final long NONE = -1;

    private final AtomicLongArray seen;
    private final AtomicLongArray answered;
    private final Queue<Wait> waits = new ConcurrentLinkedQueue<>();

    ViewPosition(int partitions) {
        this.seen = filled(partitions);
        this.answered = filled(partitions);
    }

    private static AtomicLongArray filled(int partitions) {
        AtomicLongArray offsets = new AtomicLongArray(partitions);
        for (int partition = 0; partition < partitions; partition++) {
            offsets.set(partition, NONE);
        }
        return offsets;
    }

    void answered(Answer answer) {
        if (answer.changed()) {
            answered.accumulateAndGet(answer.partition(), answer.offset(), Math::max);
        }
    }

    void seen(int partition, long offset) {
        seen.accumulateAndGet(partition, offset, Math::max);
    }

    CompletableFuture<Void> caughtUp() {
        Wait wait = new Wait(copy(answered));
        if (hasSeen(wait.needed)) {
            return CompletableFuture.completedFuture(null);
        }
        waits.add(wait);
        // What was seen in between would wake nobody.
        wake();
        return wait.future.completeOnTimeout(null, LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** To be called after something was seen. */
    void wake() {
        for (Iterator<Wait> all = waits.iterator(); all.hasNext(); ) {
            Wait wait = all.next();
            if (wait.future.isDone() || hasSeen(wait.needed)) {
                all.remove();
                wait.future.complete(null);
            }
        }
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
        final CompletableFuture<Void> future = new CompletableFuture<>();

        Wait(long[] needed) {
            this.needed = needed;
        }
    }
}
