package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.client.Asking;
import io.limitledger.core.command.PutLimit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Valid;
import java.util.concurrent.CompletableFuture;

/** {@code PUT /v1/limits/{name}}: creates a limit, or replaces its definition. */
record PutLimitRoute(Asking ledger, DefinitionFields fields) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        JsonBody body = JsonBody.required(request);
        PutLimit put = new PutLimit(request.pathParam("name"), fields.definition(body), null, false);
        Valid.newName("name", put.limit());
        return ledger.send(Valid.command(put, body)).thenApply(ReplyToHttp::of);
    }
}
