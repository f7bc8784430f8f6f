package io.limitledger.client;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Refused;
import io.limitledger.timer.Timer;
import io.limitledger.wire.ReplyRecord;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks again while a limit is between two names. That takes milliseconds, and nothing was decided meanwhile. */
public final class RetryWhileRenamed extends AskingDecorator {
    private static final long PAUSE_MILLIS = 25;

    /** Longer than a move takes while the ledger is well. */
    private static final long PATIENCE_MILLIS = 5_000;

    private final Timer timer;

    public RetryWhileRenamed(Asking ledger, Timer timer) {
        super(ledger);
        this.timer = timer;
    }

    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
        return sendUntil(command, partition, by, timer.nowMillis() + PATIENCE_MILLIS);
    }

    private CompletableFuture<ReplyRecord> sendUntil(
            LimitCommand command, int partition, @Nullable String by, long deadlineMillis) {
        return ledger.send(command, partition, by)
                .thenCompose(answer -> isMoving(answer) && timer.nowMillis() < deadlineMillis
                        ? pause().thenCompose(nothing -> sendUntil(command, partition, by, deadlineMillis))
                        : CompletableFuture.completedFuture(answer));
    }

    private CompletableFuture<Void> pause() {
        CompletableFuture<Void> over = new CompletableFuture<>();
        Runnable unused = timer.in(PAUSE_MILLIS, () -> over.complete(null));
        return over;
    }

    private static boolean isMoving(ReplyRecord answer) {
        return answer.reply() instanceof Refused refused && refused.reason() == Refused.Reason.LIMIT_MOVING;
    }
}
