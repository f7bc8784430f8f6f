package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.state.Lease;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.Ids;
import io.limitledger.gateway.view.LimitsView;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** {@code GET /v1/leases/{leaseId}}: one lease. */
record GetLeaseRoute(LimitsView view) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        UUID leaseId = Ids.required("leaseId", request.pathParam("leaseId"));
        Caller caller = Exchange.of(request).caller();
        return view.caughtUp().thenApply(caughtUp -> {
            List<Lease> leases = leases(leaseId).stream()
                    .filter(lease -> caller.may(Right.READ, lease.limit()))
                    .toList();
            return leases.isEmpty()
                    ? notFound(leaseId)
                    : HttpAnswer.json(200, LeaseBody.of(leases).visibleTo(caller));
        });
    }

    /** Those on all limits; none if it is not held on one of them, or not yet. */
    private List<Lease> leases(UUID leaseId) {
        List<Lease> leases = new ArrayList<>();
        for (String limit : view.limitsOf(leaseId)) {
            Lease lease = view.lease(limit, leaseId);
            if (lease == null) {
                return List.of();
            }
            leases.add(lease);
        }
        return leases;
    }

    private static HttpAnswer notFound(UUID leaseId) {
        return HttpAnswer.problem(ProblemType.LEASE_NOT_FOUND.because("Expected to read lease " + leaseId
                + ", but it is not held: it ended, it still waits, or it never was"));
    }
}
