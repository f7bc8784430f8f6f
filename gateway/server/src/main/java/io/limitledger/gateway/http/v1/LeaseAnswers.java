package io.limitledger.gateway.http.v1;

import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Answers about a lease. Whether a client knows its id decides what becomes of it where no answer reaches the client. */
final class LeaseAnswers {
    /** The field of a request. */
    static final String LEASE_ID = "leaseId";

    private LeaseAnswers() {}

    /**
     * Acquires. A client that chose the id repeats its request, and keeps its position in the queue meanwhile. An id that was
     * made here is unknown to the client before the answer; so what the client does not learn of is given back.
     */
    static CompletableFuture<HttpAnswer> acquired(
            Leases limits,
            AcquireBody asked,
            Exchange exchange,
            Function<Outcome, CompletableFuture<HttpAnswer>> answer) {
        Acquisition acquisition = asked.acquisition();
        if (asked.isCheck()) {
            return limits.check(acquisition).thenCompose(answer);
        }
        if (asked.given() != null) {
            return answer(
                    asked.given(), limits.acquireUnderChosenId(acquisition).thenCompose(answer));
        }
        exchange.takes(() -> limits.giveUp(acquisition));
        return unlessUnknown(limits.acquire(acquisition).thenCompose(answer), givenBack());
    }

    /** If the outcome stays unknown, the answer has the id: the client can repeat the request with it. */
    static CompletableFuture<HttpAnswer> answer(UUID leaseId, CompletableFuture<HttpAnswer> asked) {
        return unlessUnknown(asked, unknown(leaseId));
    }

    private static CompletableFuture<HttpAnswer> unlessUnknown(CompletableFuture<HttpAnswer> asked, Problem unknown) {
        return asked.exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return CompletableFuture.failedFuture(
                    cause instanceof UnknownOutcomeException ? new ProblemException(unknown) : failure);
        });
    }

    /** As the ledger says of a lease that no limit knows. */
    static HttpAnswer gone(UUID leaseId) {
        return HttpAnswer.problem(ProblemType.LEASE_GONE.because(
                "Lease " + leaseId + " does not exist: it was released, has expired, or never was"));
    }

    private static Problem unknown(UUID leaseId) {
        return ProblemType.OUTCOME_UNKNOWN
                .because("Expected an answer of the ledger in time, but none came; repeat the request with lease id "
                        + leaseId + ", which takes nothing twice")
                .about(leaseId);
    }

    private static Problem givenBack() {
        return ProblemType.OUTCOME_UNKNOWN.because("Expected an answer of the ledger in time, but none came; repeat the"
                + " request: whatever this one may still be granted is given back");
    }
}
