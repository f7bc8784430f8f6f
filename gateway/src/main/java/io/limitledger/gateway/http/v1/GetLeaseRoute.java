package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.state.Lease;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.Ids;
import io.limitledger.gateway.view.LimitsView;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** {@code GET /v1/leases/{leaseId}}: one lease. */
record GetLeaseRoute(LimitsView view) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        UUID leaseId = Ids.required("leaseId", request.pathParam("leaseId"));
        return view.caughtUp().thenApply(caughtUp -> {
            Lease lease = view.lease(leaseId);
            return lease == null ? notFound(leaseId) : HttpAnswer.json(200, LeaseBody.of(lease));
        });
    }

    private static HttpAnswer notFound(UUID leaseId) {
        return HttpAnswer.problem(ProblemType.LEASE_NOT_FOUND.because("Expected to read lease " + leaseId
                + ", but it is not held: it ended, it still waits, or it never was"));
    }
}
