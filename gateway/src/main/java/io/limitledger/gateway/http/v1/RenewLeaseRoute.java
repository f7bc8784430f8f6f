package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.command.RenewLease;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Ids;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Valid;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** {@code POST /v1/leases/{leaseId}/renew}: holds a lease for longer, counted from now. */
record RenewLeaseRoute(LeaseFinder finder) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        UUID leaseId = Ids.required("leaseId", request.pathParam("leaseId"));
        JsonBody body = JsonBody.optional(request);
        long leaseMillis = body.seconds("leaseSeconds", AcquireLeaseRoute.DEFAULT_LEASE_MILLIS);
        RenewLease renew = Valid.command(new RenewLease(null, leaseId, leaseMillis, null), body);
        return ForLease.answer(leaseId, finder.renew(renew));
    }
}
