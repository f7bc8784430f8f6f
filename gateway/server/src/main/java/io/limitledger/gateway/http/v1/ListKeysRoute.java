package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Query;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.gateway.view.KeyInView;
import io.limitledger.gateway.view.LimitsView;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/limits/{name}/keys}: the keys of a limit that are in use, by name or by use, a page at a time. */
record ListKeysRoute(LimitsView view, Clock clock) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        String name = Valid.name(request.pathParam("name"));
        Query query = new Query(request);
        KeyInView.Order order =
                Objects.requireNonNullElse(query.oneOf("orderBy", KeyInView.Order.class), KeyInView.Order.NAME);
        KeyInView.Position after = query.cursor(Cursors::key);
        int size = query.size();
        query.check();
        return view.caughtUp().thenApply(caughtUp -> {
            Limit limit = Existing.limit(view, name);
            return HttpAnswer.json(200, body(limit, Page.of(view.keys(name, order, after, size + 1), size), order));
        });
    }

    private Body body(Limit limit, Page<KeyInView> page, KeyInView.Order order) {
        long now = clock.millis();
        return new Body(
                page.items().stream().map(key -> KeyBody.of(key, limit, now)).toList(),
                page.next(last -> Cursors.write(last.position(order))));
    }

    private record Body(List<KeyBody> keys, @Nullable String next) {}
}
