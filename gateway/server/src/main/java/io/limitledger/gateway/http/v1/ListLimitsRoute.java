package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.events.LimitTrends;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Query;
import io.limitledger.gateway.view.LimitsView;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/limits}: limits by name, a page at a time; or those of the given names. */
record ListLimitsRoute(LimitsView view, LimitTrends trends, Clock clock) implements RouteHandler {
    /** As many rows as a tall screen has, and an address of a few kilobytes. */
    private static final int MOST_NAMES = 100;

    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        Query query = new Query(request);
        String prefix = Objects.requireNonNullElse(query.text("prefix"), "");
        String after = query.text("after");
        Set<String> names = query.texts("name", MOST_NAMES);
        With with = query.oneOf("with", With.class);
        int size = query.size();
        query.check();
        Caller caller = Exchange.of(request).caller();
        return view.caughtUp()
                .thenApply(caughtUp -> Page.of(
                        names.isEmpty() ? all(prefix, after, size + 1, caller) : named(names, prefix, caller), size))
                .thenApply(page -> HttpAnswer.json(200, body(page, with)));
    }

    private List<Limit> all(String prefix, @Nullable String after, int size, Caller caller) {
        return caller.mayAll(Right.READ)
                ? view.limits(prefix, after, size)
                : view.limits(prefix, after, size, name -> caller.may(Right.READ, name));
    }

    /** Those of them that exist, by name. */
    private List<Limit> named(Set<String> names, String prefix, Caller caller) {
        return names.stream()
                .filter(name -> name.startsWith(prefix) && caller.may(Right.READ, name))
                .sorted()
                .flatMap(name -> Stream.ofNullable(view.limit(name)))
                .toList();
    }

    private Body body(Page<Limit> page, @Nullable With with) {
        long now = clock.millis();
        return new Body(
                page.items().stream()
                        .map(limit -> with == With.LAST_HOUR
                                ? LimitBody.withLastHour(limit, view, trends, now)
                                : LimitBody.of(limit, view, trends, now))
                        .toList(),
                page.next(Limit::name));
    }

    /** What else is shown of each limit. */
    private enum With {
        LAST_HOUR
    }

    private record Body(List<LimitBody> limits, @Nullable String next) {}
}
