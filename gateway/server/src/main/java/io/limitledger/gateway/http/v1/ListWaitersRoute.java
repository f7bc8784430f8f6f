package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.state.Waiter;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Query;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.gateway.view.LimitsView;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/limits/{name}/waiters}: who waits, the next to be served first, a page at a time. */
record ListWaitersRoute(LimitsView view) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        String name = Valid.name(request.pathParam("name"));
        Query query = new Query(request);
        QueueCursor after = Objects.requireNonNullElse(query.cursor(Cursors::line), QueueCursor.FRONT);
        int size = query.size();
        query.check();
        return view.caughtUp().thenApply(caughtUp -> {
            String limit = Existing.limit(view, name).name();
            return HttpAnswer.json(200, body(after, Page.of(view.waiters(limit, after.mark(), size + 1), size)));
        });
    }

    private Body body(QueueCursor after, Page<Waiter> page) {
        List<WaiterBody> waiters = IntStream.range(0, page.items().size())
                .mapToObj(i -> body(page.items().get(i), after.ahead() + i + 1))
                .toList();
        return new Body(
                waiters,
                page.next(last -> Cursors.write(new QueueCursor(last.place(), after.ahead() + waiters.size()))));
    }

    private WaiterBody body(Waiter waiter, long place) {
        List<String> holding = waiter.siblings().stream()
                .filter(sibling -> view.lease(sibling, waiter.leaseId()) != null)
                .toList();
        return WaiterBody.of(waiter, place, holding);
    }

    private record Body(List<WaiterBody> waiters, @Nullable String next) {}
}
