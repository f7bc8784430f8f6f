package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Query;
import io.limitledger.gateway.view.LimitsView;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/limits}: limits by name, a page at a time. */
record ListLimitsRoute(LimitsView view, Clock clock) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        Query query = new Query(request);
        String prefix = Objects.requireNonNullElse(query.text("prefix"), "");
        String after = query.text("after");
        int size = query.size();
        query.check();
        return view.caughtUp()
                .thenApply(caughtUp -> Page.of(view.limits(prefix, after, size + 1), size))
                .thenApply(page -> HttpAnswer.json(200, body(page)));
    }

    private Body body(Page<Limit> page) {
        long now = clock.millis();
        return new Body(
                page.items().stream()
                        .map(limit -> LimitBody.of(limit, view, now))
                        .toList(),
                page.next(Limit::name));
    }

    private record Body(List<LimitBody> limits, @Nullable String next) {}
}
