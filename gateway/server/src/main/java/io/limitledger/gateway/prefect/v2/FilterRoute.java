package io.limitledger.gateway.prefect.v2;

import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.LimitBody;
import io.limitledger.gateway.prefect.limit.LimitLookup;
import io.limitledger.gateway.prefect.limit.PageFields;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.PrefectHandler;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code POST /v2/concurrency_limits/filter}: a page of the limits, by name. It filters nothing, whatever its name. */
record FilterRoute(LimitLookup lookup, Clock clock) implements PrefectHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        PageFields page = PageFields.of(request);
        return lookup.caughtUp().thenApply(lookup -> HttpAnswer.json(200, bodies(lookup, page)));
    }

    private List<LimitBody> bodies(LimitLookup lookup, PageFields page) {
        long now = clock.millis();
        return lookup.page("", page.offset(), page.limit()).stream()
                .map(limit -> LimitBody.of(limit, now))
                .toList();
    }
}
