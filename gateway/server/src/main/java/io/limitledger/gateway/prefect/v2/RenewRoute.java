package io.limitledger.gateway.prefect.v2;

import io.limitledger.core.reply.Refused;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.Detail;
import io.limitledger.gateway.prefect.limit.Attribution;
import io.limitledger.gateway.prefect.limit.LeaseFields;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.PrefectHandler;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /v2/concurrency_limits/leases/{lease_id}/renew}: holds a lease for longer, counted from now. Clients do so
 * right after each acquire, and it is only here that their headers tell who they are.
 */
record RenewRoute(Leases limits) implements PrefectHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        UUID leaseId = request.pathId("lease_id");
        long leaseMillis = LeaseFields.duration(request.parts());
        request.check();
        return limits.renew(leaseId, leaseMillis, Attribution.holder(request)).thenApply(RenewRoute::answer);
    }

    private static HttpAnswer answer(Outcome outcome) {
        if (outcome.isHeld()) {
            return HttpAnswer.noContent();
        }
        boolean isGone = outcome.reply() instanceof Refused refused
                && (refused.reason() == Refused.Reason.LEASE_GONE
                        || refused.reason() == Refused.Reason.LIMIT_NOT_FOUND);
        return isGone ? Detail.leaseNotFound() : Unexpected.answer(outcome.reply());
    }
}
