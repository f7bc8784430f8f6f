package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.LedgerPort;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Valid;
import java.util.concurrent.CompletableFuture;

/** {@code PATCH /v1/limits/{name}}: changes the given fields of a limit. */
record UpdateLimitRoute(LedgerPort ledger) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        JsonBody body = JsonBody.required(request);
        DefinitionChange change = new DefinitionChange(
                body.wholeNumber("limit"), body.number("slotDecayPerSecond"), body.flag("active"), null, null);
        UpdateLimit update = new UpdateLimit(request.pathParam("name"), change);
        return ledger.send(Valid.command(update, body)).thenApply(ReplyToHttp::of);
    }
}
