package io.limitledger.gateway.view;

import io.limitledger.client.Asking;
import io.limitledger.client.AskingDecorator;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.wire.ReplyRecord;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Records every answer in the view before returning it, so that clients read what they were answered. */
public final class NotingAnswers extends AskingDecorator {
    private final LimitsView view;

    public NotingAnswers(Asking ledger, LimitsView view) {
        super(ledger);
        this.view = view;
    }

    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
        return ledger.send(command, partition, by).thenApply(this::noted);
    }

    private ReplyRecord noted(ReplyRecord answer) {
        view.answered(answer);
        return answer;
    }
}
