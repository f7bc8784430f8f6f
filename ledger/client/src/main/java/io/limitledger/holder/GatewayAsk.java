package io.limitledger.holder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Something that a gateway is asked, whichever way it is asked.
 *
 * @param kind that of the session's frame: acquire, renew, settle or release
 * @param body as the session has it
 * @param patienceMillis how long to wait for the answer
 * @param outcome what the answer means, or what it throws
 * @param result ends once, with the outcome
 */
record GatewayAsk<T>(
        String kind,
        UUID leaseId,
        ObjectNode body,
        long patienceMillis,
        Function<Answer, T> outcome,
        CompletableFuture<T> result) {

    private static final int FIRST_PROBLEM = 400;
    private static final int FIRST_FAULT = 500;
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;

    /** Whether an answer of this status has a problem as its body. */
    static boolean isProblem(int status) {
        return status >= FIRST_PROBLEM;
    }

    /**
     * What a gateway says.
     *
     * @param body of a problem, and of what an acquire is granted; anything otherwise
     */
    record Answer(int status, JsonNode body) {
        boolean isGone() {
            return body.path("type").asText().endsWith("/lease-gone");
        }

        /** It is not known who asks. */
        boolean isUnauthenticated() {
            return status == UNAUTHENTICATED;
        }

        /** It is about who asks, not about what is asked. */
        boolean isAboutAccess() {
            return isUnauthenticated() || status == FORBIDDEN;
        }

        String detail() {
            return body.path("detail").asText();
        }
    }

    /** Whether it matters what a success says. */
    boolean readsAnswer() {
        return kind.equals("acquire");
    }

    /** It fails also with what the gateway says when it could not ask the ledger. */
    void answered(Answer answer) {
        try {
            if (answer.status() >= FIRST_FAULT) {
                throw unexpected(answer);
            }
            result.complete(outcome.apply(answer));
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    void failed(Throwable failure) {
        result.completeExceptionally(failure);
    }

    static IllegalStateException unexpected(Answer answer) {
        String body = answer.body().toString();
        return new IllegalStateException("Expected an answer of the ledger, but got " + answer.status() + " "
                + body.substring(0, Math.min(body.length(), 300)));
    }
}
