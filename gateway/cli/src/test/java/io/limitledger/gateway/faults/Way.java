package io.limitledger.gateway.faults;

import io.limitledger.gateway.faults.proof.Answer;
import io.limitledger.gateway.faults.proof.Question;
import java.util.concurrent.CompletableFuture;

/** A way to ask the ledger. */
interface Way {
    String name();

    /** Fails if there is no answer. */
    CompletableFuture<Answer> ask(Question question);
}
