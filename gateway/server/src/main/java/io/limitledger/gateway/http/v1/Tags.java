package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.events.LimitTrends;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.view.LimitsView;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;

/**
 * Entity tags of definitions, and the condition {@code If-Match} on a change. It is checked against the view of this gateway
 * right before the change is sent: of two changes that reach two gateways within the same milliseconds, both may pass.
 */
record Tags(LimitsView view, LimitTrends trends, Clock clock) {
    /** As many as make an accident impossible, and an adversary gains nothing by one. */
    private static final int BYTES = 12;

    static String of(byte[] definition) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(definition);
            return '"' + HexFormat.of().formatHex(hash, 0, BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Completes when the limit is as the request expects it; or fails with what it is. */
    CompletableFuture<Void> check(Context request, String name) {
        String expected = request.header("If-Match");
        return expected == null
                ? CompletableFuture.completedFuture(null)
                : view.caughtUp().thenRun(() -> check(expected, name));
    }

    private void check(String expected, String name) {
        Limit limit = view.limit(name);
        if (limit == null) {
            throw new ProblemException(
                    ProblemType.LIMIT_CHANGED,
                    "Limit '" + name + "' does not exist, but If-Match expects it as " + expected
                            + ". It was deleted or renamed; leave If-Match out to create it");
        }
        LimitBody current = LimitBody.of(limit, view, trends, clock.millis());
        String tag = current.tag();
        boolean matches = expected.strip().equals("*")
                || Arrays.stream(expected.split(",", -1))
                        .anyMatch(one -> one.strip().equals(tag));
        if (!matches) {
            throw new ProblemException(ProblemType.LIMIT_CHANGED
                    .because("Limit '" + name + "' was changed at " + current.updatedAt() + ": its ETag is " + tag
                            + ", but If-Match expects " + expected)
                    .butThereIs(current, tag));
        }
    }
}
