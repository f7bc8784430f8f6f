package io.limitledger.gateway.prefect.answer;

import io.limitledger.client.NotSentException;
import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.gateway.admission.OverloadedException;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.memory.OutOfMemory;
import io.limitledger.gateway.prefect.request.InvalidRequestException;
import io.limitledger.gateway.prefect.request.UnreadableBodyException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told of a failure. Those that nobody foresaw are logged, and their details kept from the outside. */
public final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /**
     * The error for a failure.
     *
     * @param request method and path, for the log
     */
    public static HttpAnswer answer(Throwable failure, String request) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        HttpAnswer expected = expected(cause);
        if (expected != null) {
            return expected;
        }
        OutOfMemory.endIf(cause);
        LOG.error("{} failed", request, cause);
        return Fault.internal();
    }

    private static HttpAnswer answer(Problem problem) {
        HttpAnswer answer = problem.status() == Fault.UNAVAILABLE
                ? Fault.unavailable()
                : Detail.answer(problem.status(), problem.detail());
        return problem.headers().isEmpty() ? answer : new HttpAnswer(answer.status(), answer.body(), problem.headers());
    }

    private static @Nullable HttpAnswer expected(Throwable failure) {
        if (failure instanceof AnswerException known) {
            return known.answer();
        }
        if (failure instanceof InvalidRequestException invalid) {
            return InvalidRequest.answer(invalid);
        }
        if (failure instanceof UnreadableBodyException) {
            return Detail.answer(400, "There was an error parsing the body");
        }
        if (failure instanceof OverloadedException overloaded) {
            return Fault.unavailable(overloaded.retryMillis());
        }
        if (failure instanceof UnknownOutcomeException || failure instanceof NotSentException) {
            return Fault.unavailable();
        }
        return failure instanceof ProblemException known ? answer(known.problem()) : null;
    }
}
