package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.client.Asking;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Valid;
import java.util.concurrent.CompletableFuture;

/** {@code DELETE /v1/limits/{name}}: deletes a limit; its leases end, and its waiters are answered. */
record DeleteLimitRoute(Asking ledger, Tags tags) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        DeleteLimit delete = Valid.command(new DeleteLimit(request.pathParam("name")));
        return tags.check(request, delete.limit())
                .thenCompose(
                        matches -> ledger.as(Exchange.of(request).onBehalf()).send(delete))
                .thenApply(ReplyToHttp::of);
    }
}
