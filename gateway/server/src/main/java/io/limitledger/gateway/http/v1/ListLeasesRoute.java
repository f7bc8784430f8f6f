package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.state.Lease;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Query;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.gateway.view.LeaseCursor;
import io.limitledger.gateway.view.LimitsView;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/limits/{name}/leases}: who holds, in order of expiry, a page at a time. */
record ListLeasesRoute(LimitsView view) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        String name = Valid.name(request.pathParam("name"));
        Query query = new Query(request);
        LeaseCursor after = query.cursor(Cursors::lease);
        int size = query.size();
        query.check();
        Caller caller = Exchange.of(request).caller();
        return view.caughtUp().thenApply(caughtUp -> {
            String limit = Existing.limit(view, name).name();
            return HttpAnswer.json(200, body(Page.of(view.leases(limit, after, size + 1), size), caller));
        });
    }

    private static Body body(Page<Lease> page, Caller caller) {
        return new Body(
                page.items().stream()
                        .map(lease -> LeaseBody.of(lease).visibleTo(caller))
                        .toList(),
                page.next(lease -> Cursors.write(LeaseCursor.of(lease))));
    }

    private record Body(List<LeaseBody> leases, @Nullable String next) {}
}
