package io.limitledger.gateway.run;

import io.limitledger.client.LedgerClient;
import io.limitledger.core.command.CancelAcquire;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Finds out whether the ledger answers, in every partition. It asks to cancel an acquire that never was, which changes
 * nothing and is answered like any command. An answer is kept for a moment, so that probes from outside cost little.
 */
final class LedgerProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

    private final LedgerClient client;
    private CompletableFuture<Boolean> last = CompletableFuture.completedFuture(false);
    private long askedNanos;

    LedgerProbe(LedgerClient client) {
        this.client = client;
        this.askedNanos = System.nanoTime() - KEPT_NANOS;
    }

    synchronized CompletableFuture<Boolean> answers() {
        boolean isOld = System.nanoTime() - askedNanos >= KEPT_NANOS;
        boolean isOver = last.isDone();
        if (isOver && (isOld || !last.join())) {
            askedNanos = System.nanoTime();
            last = ask();
        }
        return last;
    }

    private CompletableFuture<Boolean> ask() {
        CompletableFuture<?>[] asked = IntStream.range(0, client.commandPartitions())
                .mapToObj(partition -> client.send(new CancelAcquire(null, UUID.randomUUID()), partition))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(asked)
                .thenApply(nothing -> true)
                .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> false);
    }
}
