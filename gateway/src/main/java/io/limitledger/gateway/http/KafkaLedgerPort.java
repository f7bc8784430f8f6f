package io.limitledger.gateway.http;

import io.limitledger.client.Answer;
import io.limitledger.client.LedgerClient;
import io.limitledger.client.TakeUp;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.gateway.view.LimitsView;
import java.util.concurrent.CompletableFuture;

/**
 * Asks over Kafka, on behalf of others: what they are handed is taken up. The view hears of each answer before the asker
 * does, so that whoever was answered reads it too.
 */
public final class KafkaLedgerPort implements LedgerPort {
    private final LedgerClient client;
    private final TakeUp takeUp;
    private final LimitsView view;

    public KafkaLedgerPort(LedgerClient client, LimitsView view) {
        this.client = client;
        this.takeUp = new TakeUp(client);
        this.view = view;
    }

    @Override
    public CompletableFuture<Answer> send(LimitCommand command) {
        return takeUp.send(command).thenApply(this::noted);
    }

    @Override
    public CompletableFuture<Answer> send(LimitCommand command, int partition) {
        return takeUp.send(command, partition).thenApply(this::noted);
    }

    private Answer noted(Answer answer) {
        view.answered(answer);
        return answer;
    }

    @Override
    public int partitions() {
        return client.commandPartitions();
    }
}
