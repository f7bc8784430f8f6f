package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.state.Bounds;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.LeaseRights;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Ids;
import io.limitledger.gateway.http.request.Query;
import io.limitledger.lease.Leases;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code DELETE /v1/leases/{leaseId}}: ends a lease on all its limits, or the wait for one. Repeatable: what is gone is
 * released. With {@code used} it is settled in the same decision.
 */
record ReleaseLeaseRoute(Leases limits, LeaseRights rights) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        UUID leaseId = Ids.required("leaseId", request.pathParam("leaseId"));
        Query query = new Query(request);
        Long used = query.count("used", Bounds.SLOTS);
        query.check();
        return release(leaseId, used, Exchange.of(request).caller());
    }

    /** @param used how many slots were really used; null if as many as were taken */
    CompletableFuture<HttpAnswer> release(UUID leaseId, @Nullable Long used, Caller caller) {
        return LeaseAnswers.answer(
                leaseId,
                limits.as(rights.onBehalf(leaseId, caller))
                        .release(leaseId, used)
                        .thenApply(released -> LeaseRights.isHidden(released, caller)
                                ? HttpAnswer.noContent()
                                : ReplyToHttp.of(released)));
    }
}
