package io.limitledger.gateway.prefect.v2;

import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.request.IdField;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.PrefectHandler;
import io.limitledger.gateway.several.SeveralLimits;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** {@code POST /v2/concurrency_limits/decrement-with-lease}: ends a lease. What is gone is released. */
record ReleaseRoute(SeveralLimits limits) implements PrefectHandler {
    private static final IdField LEASE_ID = new IdField();
    private static final UUID NO_ID = new UUID(0, 0);

    @Override
    public CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        UUID leaseId = request.parts().required("lease_id", LEASE_ID, NO_ID);
        request.check();
        return limits.release(leaseId).thenApply(released -> HttpAnswer.noContent());
    }
}
