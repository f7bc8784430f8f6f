package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.gateway.view.LimitsView;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/** {@code GET /v1/limits/{name}}: a limit as it stands now. */
record GetLimitRoute(LimitsView view, Clock clock) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        String name = Valid.name(request.pathParam("name"));
        return view.caughtUp().thenApply(caughtUp -> {
            LimitBody limit = LimitBody.of(Existing.limit(view, name), clock.millis());
            return HttpAnswer.json(200, limit);
        });
    }
}
