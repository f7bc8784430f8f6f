package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.command.RenewLease;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.LeaseRights;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Ids;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/leases/{leaseId}/renew}: holds a lease for longer on all its limits, counted from now. */
record RenewLeaseRoute(Leases limits, LeaseRights rights) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        return renew(
                Ids.required("leaseId", request.pathParam("leaseId")),
                JsonBody.optional(request),
                request.queryParam("limit"),
                Exchange.of(request).caller());
    }

    /** @param limit one of the lease's limits, which says how it ended if it is gone; null if the client names none */
    CompletableFuture<HttpAnswer> renew(UUID leaseId, JsonBody body, @Nullable String limit, Caller caller) {
        long leaseMillis = body.seconds("leaseSeconds", AcquireBody.DEFAULT_LEASE_MILLIS);
        RenewLease renew = Valid.command(new RenewLease(null, leaseId, leaseMillis, null), body);
        rights.requireHold(leaseId, caller);
        Leases asked = limits.as(rights.onBehalf(leaseId, caller));
        String named = limit == null ? null : Valid.name(limit);
        CompletableFuture<Outcome> outcome = named != null && caller.may(Right.READ, named)
                ? asked.renew(leaseId, renew.leaseMillis(), null, named)
                : asked.renew(leaseId, renew.leaseMillis(), null);
        return LeaseAnswers.answer(
                leaseId,
                outcome.thenApply(renewed ->
                        LeaseRights.isHidden(renewed, caller) ? LeaseAnswers.gone(leaseId) : ReplyToHttp.of(renewed)));
    }
}
