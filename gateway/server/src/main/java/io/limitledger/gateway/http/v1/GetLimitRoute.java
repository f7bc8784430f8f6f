package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.audit.Replay;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.events.LimitHistory;
import io.limitledger.gateway.events.LimitTrends;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Query;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.gateway.view.LimitsView;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code GET /v1/limits/{name}}: a limit as it is now, or as it was {@code at} a time. */
record GetLimitRoute(LimitsView view, LimitHistory history, LimitTrends trends, Clock clock) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        String name = Valid.name(request.pathParam("name"));
        Query query = new Query(request);
        Long at = query.past("at", clock.millis());
        query.check();
        return at == null ? now(name) : then(name, at, request);
    }

    private CompletableFuture<HttpAnswer> now(String name) {
        return view.caughtUp().thenApply(caughtUp -> {
            LimitBody limit = LimitBody.of(Existing.limit(view, name), view, trends, clock.millis());
            // The tag is that of the definition: a cache that asks by it whether anything changed would show old
            // numbers.
            return HttpAnswer.json(200, limit).withHeader("ETag", limit.tag()).withHeader("Cache-Control", "no-store");
        });
    }

    private CompletableFuture<HttpAnswer> then(String name, long at, Context request) {
        CompletableFuture<Optional<Replay.LimitThen>> past = history.at(name, at);
        Exchange.of(request).takes(() -> past.cancel(false));
        Caller caller = Exchange.of(request).caller();
        return past.thenApply(then -> HttpAnswer.json(
                200, PastLimitBody.of(then.orElseThrow(() -> Existing.noLimitAt(name, at)), at, caller)));
    }
}
