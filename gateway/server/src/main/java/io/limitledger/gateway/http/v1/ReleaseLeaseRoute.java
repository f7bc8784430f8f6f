package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Ids;
import io.limitledger.lease.Leases;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** {@code DELETE /v1/leases/{leaseId}}: ends a lease on all its limits, or the wait for one. Repeatable: what is gone is released. */
record ReleaseLeaseRoute(Leases limits) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        return release(Ids.required("leaseId", request.pathParam("leaseId")));
    }

    CompletableFuture<HttpAnswer> release(UUID leaseId) {
        return LeaseAnswers.answer(leaseId, limits.release(leaseId).thenApply(ReplyToHttp::of));
    }
}
