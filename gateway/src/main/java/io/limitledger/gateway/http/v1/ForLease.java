package io.limitledger.gateway.http.v1;

import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Answers about a lease. If the outcome stays unknown, its id is told: repeating it is the way out. */
final class ForLease {
    private ForLease() {}

    static CompletableFuture<HttpAnswer> answer(UUID leaseId, CompletableFuture<HttpAnswer> asked) {
        return asked.exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return CompletableFuture.failedFuture(
                    cause instanceof UnknownOutcomeException ? new ProblemException(unknown(leaseId)) : failure);
        });
    }

    private static Problem unknown(UUID leaseId) {
        return ProblemType.OUTCOME_UNKNOWN
                .because("Expected an answer of the ledger in time, but none came; repeat the request with lease id "
                        + leaseId + ", which takes nothing twice")
                .about(leaseId);
    }
}
