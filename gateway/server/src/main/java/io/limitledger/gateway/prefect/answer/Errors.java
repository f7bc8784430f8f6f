package io.limitledger.gateway.prefect.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.limitledger.client.NotSentException;
import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.gateway.access.ForbiddenException;
import io.limitledger.gateway.access.HiddenLimitException;
import io.limitledger.gateway.access.UnauthenticatedException;
import io.limitledger.gateway.admission.OverloadedException;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.problem.FailureToProblem;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.memory.OutOfMemory;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Errors of the Prefect API, and the one for each failure. They have three shapes: one text for what a rule says, one text
 * for what is not the request's fault, and the list of a request's mistakes, which is made where requests are read.
 */
public final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;
    private static final long MILLIS_PER_SECOND = 1_000;

    /** Clients of the reference try again by themselves; without a time they wait ever longer. */
    private static final long RETRY_MILLIS = 1_000;

    private static final String CONFLICT =
            "Data integrity conflict. This usually means a unique or foreign key constraint was violated. See server"
                    + " logs for details.";

    private record Detail(String detail) {}

    private record Fault(@JsonProperty("exception_message") String message) {}

    private Errors() {}

    /** What a rule says. */
    public static HttpAnswer detail(int status, String text) {
        return HttpAnswer.json(status, new Detail(text));
    }

    /** No such route. */
    public static HttpAnswer notFound() {
        return detail(404, "Not Found");
    }

    public static HttpAnswer limitNotFound() {
        return detail(404, "Concurrency Limit not found");
    }

    /** A name is taken, or a field may not be null. */
    public static HttpAnswer conflict() {
        return detail(409, CONFLICT);
    }

    public static HttpAnswer leaseNotFound() {
        return detail(410, "Lease not found - it may have expired or been revoked");
    }

    public static HttpAnswer tooManySlots() {
        return detail(422, "Slots requested is greater than the limit");
    }

    /** The body breaks off, is not text, is nested too deeply, or has a number with too many digits. */
    public static HttpAnswer unreadableBody() {
        return detail(400, "There was an error parsing the body");
    }

    /** Clients repeat a request that gets this. */
    public static HttpAnswer unavailable() {
        return unavailable(RETRY_MILLIS);
    }

    private static HttpAnswer unavailable(long retryMillis) {
        return HttpAnswer.json(UNAVAILABLE, new Fault("Service Unavailable"))
                .withHeader("Retry-After", Long.toString(retryMillis / MILLIS_PER_SECOND));
    }

    /**
     * The error for a failure. An unforeseen one is logged, and its details are kept from the outside.
     *
     * @param request method and path, for the log
     */
    public static HttpAnswer of(Throwable failure, String request) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        HttpAnswer expected = expected(cause);
        if (expected != null) {
            return expected;
        }
        OutOfMemory.endIf(cause);
        LOG.error("{} failed", request, cause);
        return HttpAnswer.json(500, new Fault("Internal Server Error"));
    }

    private static @Nullable HttpAnswer expected(Throwable failure) {
        if (failure instanceof AnswerException known) {
            return known.answer();
        }
        if (failure instanceof OverloadedException overloaded) {
            return unavailable(overloaded.retryMillis());
        }
        if (failure instanceof UnknownOutcomeException || failure instanceof NotSentException) {
            return unavailable();
        }
        if (failure instanceof UnauthenticatedException) {
            return new HttpAnswer(
                    UNAUTHORIZED, new Fault(String.valueOf(failure.getMessage())), FailureToProblem.CHALLENGE);
        }
        if (failure instanceof ForbiddenException) {
            return detail(FORBIDDEN, String.valueOf(failure.getMessage()));
        }
        if (failure instanceof HiddenLimitException) {
            return limitNotFound();
        }
        return failure instanceof ProblemException known ? of(known.problem()) : null;
    }

    private static HttpAnswer of(Problem problem) {
        HttpAnswer answer =
                problem.status() == UNAVAILABLE ? unavailable() : detail(problem.status(), problem.detail());
        return problem.headers().isEmpty() ? answer : new HttpAnswer(answer.status(), answer.body(), problem.headers());
    }
}
