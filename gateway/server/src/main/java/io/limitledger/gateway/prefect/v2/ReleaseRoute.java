package io.limitledger.gateway.prefect.v2;

import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.Detail;
import io.limitledger.gateway.prefect.request.IdField;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.PrefectHandler;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * {@code POST /v2/concurrency_limits/decrement-with-lease}: ends a lease. What is gone is released, unless the request
 * prefers to hear of it ({@code Prefer: handling=strict}, RFC 7240): a proxy in front of two servers does, so that it can
 * release the leases of the other one there.
 */
record ReleaseRoute(Leases limits) implements PrefectHandler {
    private static final IdField LEASE_ID = new IdField();
    private static final UUID NO_ID = new UUID(0, 0);
    private static final Pattern STRICT =
            Pattern.compile("(?:^|[,;])\\s*handling\\s*=\\s*\"?strict\"?\\s*(?:[,;]|$)", Pattern.CASE_INSENSITIVE);

    @Override
    public CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        UUID leaseId = request.parts().required("lease_id", LEASE_ID, NO_ID);
        request.check();
        return limits.releaseIfHeld(leaseId).thenApply(outcome -> answer(outcome, isStrict(request)));
    }

    private static boolean isStrict(PrefectRequest request) {
        String prefer = request.header("Prefer");
        return prefer != null && STRICT.matcher(prefer).find();
    }

    private static HttpAnswer answer(Outcome outcome, boolean isStrict) {
        return isStrict && outcome.isGone() ? Detail.leaseNotFound() : HttpAnswer.noContent();
    }
}
