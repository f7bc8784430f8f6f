package io.limitledger.gateway.prefect.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.limitledger.gateway.http.HttpAnswer;

/** The third shape of errors: it is not the request that is wrong. */
public record Fault(@JsonProperty("exception_message") String message) {
    static final int UNAVAILABLE = 503;

    /** Clients of the reference try again by themselves; without a time they wait ever longer. */
    private static final long RETRY_MILLIS = 1_000;

    private static final long MILLIS_PER_SECOND = 1_000;

    /** Clients try again when they get this. */
    public static HttpAnswer unavailable() {
        return unavailable(RETRY_MILLIS);
    }

    static HttpAnswer unavailable(long retryMillis) {
        return HttpAnswer.json(UNAVAILABLE, new Fault("Service Unavailable"))
                .withHeader("Retry-After", Long.toString(retryMillis / MILLIS_PER_SECOND));
    }

    static HttpAnswer internal() {
        return HttpAnswer.json(500, new Fault("Internal Server Error"));
    }
}
