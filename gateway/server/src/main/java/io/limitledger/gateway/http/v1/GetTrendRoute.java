package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.gateway.events.LimitTrends;
import io.limitledger.gateway.events.TrendSpan;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Query;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.gateway.view.LimitsView;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** {@code GET /v1/limits/{name}/trend}: how a limit fared in the last hour or day. */
record GetTrendRoute(LimitsView view, LimitTrends trends) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        String name = Valid.name(request.pathParam("name"));
        Query query = new Query(request);
        TrendSpan span = Objects.requireNonNullElse(query.oneOf("span", TrendSpan.class), TrendSpan.HOUR);
        query.check();
        return view.caughtUp().thenApply(caughtUp -> {
            String limit = Existing.limit(view, name).name();
            return HttpAnswer.json(200, TrendBody.of(trends.series(limit, span), trends.since()));
        });
    }
}
