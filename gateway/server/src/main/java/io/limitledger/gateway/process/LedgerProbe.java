package io.limitledger.gateway.process;

import io.limitledger.client.Asking;
import io.limitledger.core.command.CancelAcquire;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Finds out whether the ledger answers, in every partition, by sending it a command: to cancel an acquire that never was,
 * which changes nothing and is decided like any other. It does so when asked and otherwise not, so that it costs an idle
 * ledger nothing; once a second however many ask, and one after the other while there is no answer.
 */
final class LedgerProbe {
    /** In time, for those who ask for a lease; and below what those wait who ask whether the service is ready. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

    private final Asking ledger;
    private final LongSupplier nanoTime;
    private CompletableFuture<Boolean> attempt = CompletableFuture.completedFuture(false);
    private long endedNanos;
    private boolean answered;

    LedgerProbe(Asking ledger) {
        this(ledger, System::nanoTime);
    }

    /** With a time of its own, for tests. */
    LedgerProbe(Asking ledger, LongSupplier nanoTime) {
        this.ledger = ledger;
        this.nanoTime = nanoTime;
        this.endedNanos = nanoTime.getAsLong() - KEPT_NANOS;
    }

    /** Whether every partition answers, as found out in the last second or now; takes as long as that takes. */
    synchronized CompletableFuture<Boolean> look() {
        if (attempt.isDone() && !(answered && nanoTime.getAsLong() - endedNanos < KEPT_NANOS)) {
            attempt = ask().whenComplete((all, failure) -> ended(Boolean.TRUE.equals(all)));
        }
        return attempt;
    }

    /** What the last finished attempt found, without waiting; asking begins the next. */
    boolean answers() {
        var unused = look();
        return lastAnswer();
    }

    private synchronized boolean lastAnswer() {
        return answered;
    }

    private synchronized void ended(boolean all) {
        answered = all;
        endedNanos = nanoTime.getAsLong();
    }

    private CompletableFuture<Boolean> ask() {
        CompletableFuture<?>[] asked = IntStream.range(0, ledger.partitions())
                .mapToObj(partition -> ledger.send(new CancelAcquire(null, UUID.randomUUID()), partition))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(asked)
                .thenApply(nothing -> true)
                .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> false);
    }
}
