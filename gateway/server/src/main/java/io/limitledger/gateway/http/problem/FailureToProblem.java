package io.limitledger.gateway.http.problem;

import io.javalin.http.HttpResponseException;
import io.limitledger.client.NotSentException;
import io.limitledger.client.TooManyInFlightException;
import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.gateway.access.ForbiddenException;
import io.limitledger.gateway.access.HiddenLimitException;
import io.limitledger.gateway.access.UnauthenticatedException;
import io.limitledger.gateway.admission.ClientBusyException;
import io.limitledger.gateway.admission.OverloadedException;
import io.limitledger.gateway.memory.OutOfMemory;
import io.limitledger.lease.NotOwnerException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The problem for each failure. Unforeseen failures are logged, and their details are kept from the outside. */
public final class FailureToProblem {
    private static final Logger LOG = LoggerFactory.getLogger(FailureToProblem.class);
    private static final long OVERLOADED_RETRY_MILLIS = 1_000;
    private static final int MAX_CHARACTERS = 300;

    /** A broker that restarts is away for some seconds. */
    private static final long UNREACHABLE_RETRY_MILLIS = 2_000;

    /** How to show who asks. Not Basic, for which browsers would ask by a window of their own. */
    public static final Map<String, String> CHALLENGE = Map.of("WWW-Authenticate", "Bearer");

    private FailureToProblem() {}

    /**
     * The problem for a failure.
     *
     * @param request method and path, for the log
     */
    public static Problem of(@Nullable Throwable failure, String request) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Problem expected = cause == null ? null : expected(cause, request);
        if (expected != null) {
            return expected;
        }
        OutOfMemory.endIf(cause);
        LOG.error("{} failed", request, cause);
        return ProblemType.INTERNAL_ERROR.because(
                "A fault of the service kept it from answering " + request + ". Its log has the details");
    }

    private static @Nullable Problem expected(Throwable failure, String request) {
        if (failure instanceof ProblemException problem) {
            return problem.problem();
        }
        Problem refusal = refusal(failure);
        if (refusal != null) {
            return refusal;
        }
        if (failure instanceof UnknownOutcomeException) {
            return ProblemType.OUTCOME_UNKNOWN.because(message(failure));
        }
        if (failure instanceof ClientBusyException) {
            return ProblemType.CLIENT_BUSY.because(message(failure)).retryAfter(OVERLOADED_RETRY_MILLIS);
        }
        if (failure instanceof OverloadedException overloaded) {
            return ProblemType.OVERLOADED.because(message(failure)).retryAfter(overloaded.retryMillis());
        }
        if (failure instanceof TooManyInFlightException) {
            return ProblemType.OVERLOADED.because(message(failure)).retryAfter(OVERLOADED_RETRY_MILLIS);
        }
        if (failure instanceof NotSentException) {
            return ProblemType.LEDGER_UNREACHABLE.because(message(failure)).retryAfter(UNREACHABLE_RETRY_MILLIS);
        }
        return failure instanceof HttpResponseException response ? unrouted(response, request) : null;
    }

    /** Of a caller that is not known, or may not do this. */
    private static @Nullable Problem refusal(Throwable failure) {
        if (failure instanceof UnauthenticatedException) {
            return ProblemType.UNAUTHENTICATED.because(message(failure)).withHeaders(CHALLENGE);
        }
        if (failure instanceof ForbiddenException || failure instanceof NotOwnerException) {
            return ProblemType.FORBIDDEN.because(message(failure));
        }
        return failure instanceof HiddenLimitException ? ProblemType.LIMIT_NOT_FOUND.because(message(failure)) : null;
    }

    /** What the router says of requests that no route takes. */
    private static @Nullable Problem unrouted(HttpResponseException response, String request) {
        if (response.getStatus() == ProblemType.ROUTE_NOT_FOUND.status()) {
            return ProblemType.ROUTE_NOT_FOUND.because("No such route: " + brief(request) + ". See /docs");
        }
        if (response.getStatus() == ProblemType.METHOD_NOT_ALLOWED.status()) {
            String allowed = String.join(", ", response.getDetails().values());
            return ProblemType.METHOD_NOT_ALLOWED
                    .because("No such route: " + brief(request) + ". This path has " + allowed + way(request)
                            + ". See /docs")
                    .withHeaders(Map.of("Allow", allowed));
        }
        return null;
    }

    /** Limits have their names from their askers, so the list takes none. */
    private static String way(String request) {
        return request.endsWith(" /v1/limits") ? "; a limit is created by PUT /v1/limits/{name}" : "";
    }

    private static String brief(String request) {
        return request.length() <= MAX_CHARACTERS ? request : request.substring(0, MAX_CHARACTERS) + "...";
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
