package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.command.RenewLease;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Ids;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** {@code POST /v1/leases/{leaseId}/renew}: holds a lease for longer on all its limits, counted from now. */
record RenewLeaseRoute(Leases limits) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        UUID leaseId = Ids.required("leaseId", request.pathParam("leaseId"));
        JsonBody body = JsonBody.optional(request);
        long leaseMillis = body.seconds("leaseSeconds", AcquireLeaseRoute.DEFAULT_LEASE_MILLIS);
        RenewLease renew = Valid.command(new RenewLease(null, leaseId, leaseMillis, null), body);
        String limit = request.queryParam("limit");
        CompletableFuture<Outcome> outcome = limit == null
                ? limits.renew(leaseId, renew.leaseMillis(), null)
                : limits.renew(leaseId, renew.leaseMillis(), null, Valid.name(limit));
        return LeaseAnswers.answer(leaseId, outcome.thenApply(ReplyToHttp::of));
    }
}
