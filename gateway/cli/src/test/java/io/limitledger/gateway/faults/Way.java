package io.limitledger.gateway.faults;

import io.limitledger.gateway.faults.proof.Answer;
import io.limitledger.gateway.faults.proof.Question;
import java.util.concurrent.CompletableFuture;

/** A way to reach the ledger. */
interface Way {
    String name();

    /** Asks a question. The future fails if no answer comes. */
    CompletableFuture<Answer> ask(Question question);
}
