package io.limitledger.gateway.several;

import io.limitledger.client.Answer;
import io.limitledger.client.TooManyInFlightException;
import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.gateway.http.LedgerPort;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Loses commands or their answers, as a test says. */
final class LossyPort implements LedgerPort {
    private final LedgerPort ledger;
    private Predicate<LimitCommand> losesAnswer = command -> false;
    private Predicate<LimitCommand> losesCommand = command -> false;
    private Predicate<LimitCommand> refuses = command -> false;

    LossyPort(LedgerPort ledger) {
        this.ledger = ledger;
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
    public CompletableFuture<Answer> send(LimitCommand command) {
        if (refuses.test(command)) {
            return CompletableFuture.failedFuture(new TooManyInFlightException(1));
        }
        if (losesCommand.test(command)) {
            return CompletableFuture.failedFuture(new UnknownOutcomeException("The command was lost"));
        }
        CompletableFuture<Answer> answer = ledger.send(command);
        return losesAnswer.test(command)
                ? CompletableFuture.failedFuture(new UnknownOutcomeException("The answer was lost"))
                : answer;
    }

    @Override
    public CompletableFuture<Answer> send(LimitCommand command, int partition) {
        return ledger.send(command, partition);
    }

    @Override
    public int partitions() {
        return ledger.partitions();
    }
}
