package io.limitledger.gateway.prefect.v2;

import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.LimitBody;
import io.limitledger.gateway.prefect.limit.LimitLookup;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.PrefectHandler;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/** {@code GET /v2/concurrency_limits/{id_or_name}}: a limit as it stands now. */
record ReadRoute(LimitLookup lookup, Clock clock) implements PrefectHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        return lookup.existing(request.path("id_or_name"))
                .thenApply(limit -> HttpAnswer.json(200, LimitBody.of(limit, clock.millis())));
    }
}
