package io.limitledger.gateway.http;

import io.limitledger.client.Answer;
import io.limitledger.core.command.LimitCommand;
import java.util.concurrent.CompletableFuture;

/** How routes ask the ledger: over Kafka, or in memory in tests. Futures end as those of the ledger's client do. */
public interface LedgerPort {
    /** Sends a command to the partition of the limit that it names. */
    CompletableFuture<Answer> send(LimitCommand command);

    CompletableFuture<Answer> send(LimitCommand command, int partition);

    /** How many partitions the limits are spread over. */
    int partitions();
}
