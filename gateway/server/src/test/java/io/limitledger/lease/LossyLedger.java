package io.limitledger.lease;

import io.limitledger.client.Asking;
import io.limitledger.client.AskingDecorator;
import io.limitledger.client.TooManyInFlightException;
import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.wire.ReplyRecord;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Loses commands or their answers, as a test says. */
final class LossyLedger extends AskingDecorator {
    private Predicate<LimitCommand> losesAnswer = command -> false;
    private Predicate<LimitCommand> losesCommand = command -> false;
    private Predicate<LimitCommand> refuses = command -> false;

    LossyLedger(Asking ledger) {
        super(ledger);
    }

    /** What is decided without the asker hearing of it. */
    void loseAnswers(Predicate<LimitCommand> which) {
        losesAnswer = which;
    }

    void loseCommands(Predicate<LimitCommand> which) {
        losesCommand = which;
    }

    /** What is not even sent. */
    void refuse(Predicate<LimitCommand> which) {
        refuses = which;
    }

    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
        if (command.limit() != null && refuses.test(command)) {
            return CompletableFuture.failedFuture(new TooManyInFlightException(1));
        }
        if (command.limit() != null && losesCommand.test(command)) {
            return CompletableFuture.failedFuture(new UnknownOutcomeException("The command was lost"));
        }
        CompletableFuture<ReplyRecord> answer = ledger.send(command, partition, by);
        return command.limit() != null && losesAnswer.test(command)
                ? CompletableFuture.failedFuture(new UnknownOutcomeException("The answer was lost"))
                : answer;
    }
}
