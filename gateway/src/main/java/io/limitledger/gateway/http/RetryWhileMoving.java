package io.limitledger.gateway.http;

import io.limitledger.client.Answer;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Refused;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks again while a limit is between two names. That takes milliseconds, and nothing was decided; so nobody else needs
 * to hear of it.
 */
public final class RetryWhileMoving implements LedgerPort {
    private static final long PAUSE_MILLIS = 25;

    /** Longer than a move takes while the ledger is well. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LedgerPort ledger;
    private final Executor afterPause;

    public RetryWhileMoving(LedgerPort ledger) {
        this.ledger = ledger;
        this.afterPause = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletableFuture<Answer> send(LimitCommand command) {
        return send(() -> ledger.send(command), System.nanoTime() + PATIENCE.toNanos());
    }

    @Override
    public CompletableFuture<Answer> send(LimitCommand command, int partition) {
        return send(() -> ledger.send(command, partition), System.nanoTime() + PATIENCE.toNanos());
    }

    private CompletableFuture<Answer> send(Supplier<CompletableFuture<Answer>> ask, long deadlineNanos) {
        return ask.get()
                .thenCompose(answer -> isMoving(answer) && System.nanoTime() < deadlineNanos
                        ? pause().thenCompose(nothing -> send(ask, deadlineNanos))
                        : CompletableFuture.completedFuture(answer));
    }

    private CompletableFuture<Void> pause() {
        return CompletableFuture.runAsync(() -> {}, afterPause);
    }

    private static boolean isMoving(Answer answer) {
        return answer.reply() instanceof Refused refused && refused.reason() == Refused.Reason.LIMIT_MOVING;
    }

    @Override
    public int partitions() {
        return ledger.partitions();
    }
}
