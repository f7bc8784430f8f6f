package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Query;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.gateway.view.LimitsView;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/limits/{name}/waiters}: who waits, a page at a time, in the order in which they came. That is the order in
 * which they are served, unless keys or head starts have a say.
 */
record ListWaitersRoute(LimitsView view, Clock clock) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        String name = Valid.name(request.pathParam("name"));
        Query query = new Query(request);
        QueueCursor after = Objects.requireNonNullElse(query.cursor(Cursors::line), QueueCursor.FRONT);
        int size = query.size();
        query.check();
        Caller caller = Exchange.of(request).caller();
        return view.caughtUp().thenApply(caughtUp -> {
            Limit limit = Existing.limit(view, name);
            Page<Waiter> page = Page.of(view.waiters(name, after.mark(), size + 1), size);
            return HttpAnswer.json(200, body(Queue.of(limit, view, clock.millis()), after, page, caller));
        });
    }

    private Body body(Queue queue, QueueCursor after, Page<Waiter> page, Caller caller) {
        Map<UUID, Long> places = view.isServedInOrderOfArrival(queue.limit().name()) ? Map.of() : queue.places();
        List<WaiterBody> waiters = IntStream.range(0, page.items().size())
                .mapToObj(i -> body(queue, page.items().get(i), after.ahead() + i + 1, places, caller))
                .toList();
        return new Body(
                waiters,
                page.next(last -> Cursors.write(new QueueCursor(last.place(), after.ahead() + waiters.size()))));
    }

    /**
     * @param arrival position by arrival, from 1
     * @param places where that is not the order in which they are served
     */
    private WaiterBody body(Queue queue, Waiter waiter, long arrival, Map<UUID, Long> places, Caller caller) {
        boolean isExtended = queue.limit().definition().isExtended();
        List<String> holding = waiter.siblings().stream()
                .filter(sibling -> caller.may(Right.READ, sibling))
                .filter(sibling -> view.lease(sibling, waiter.leaseId()) != null)
                .toList();
        return WaiterBody.of(
                waiter,
                places.getOrDefault(waiter.leaseId(), arrival),
                holding,
                isExtended ? queue.obstacle(waiter) : null,
                isExtended ? queue.estimatedStartAt(waiter, arrival) : null);
    }

    private record Body(List<WaiterBody> waiters, @Nullable String next) {}
}
