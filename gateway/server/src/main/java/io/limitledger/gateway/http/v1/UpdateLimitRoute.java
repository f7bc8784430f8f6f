package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.client.Asking;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.reply.Renamed;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.wire.ReplyRecord;
import java.util.concurrent.CompletableFuture;

/** {@code PATCH /v1/limits/{name}}: changes the given fields of a limit; the name first, as all else follows the name. */
record UpdateLimitRoute(Asking ledger, DefinitionFields fields, Tags tags) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        JsonBody body = JsonBody.required(request);
        String name = request.pathParam("name");
        String newName = body.text("name");
        Valid.newName("name", newName);
        Exchange exchange = Exchange.of(request);
        Asking asked = ledger.as(exchange.onBehalf());
        DefinitionChange change = fields.change(body);
        if (newName == null) {
            UpdateLimit update = Valid.command(new UpdateLimit(name, change), body);
            return tags.check(request, name)
                    .thenCompose(matches -> asked.send(update))
                    .thenApply(ReplyToHttp::of);
        }
        UpdateLimit update = Valid.command(new UpdateLimit(newName, change), body);
        exchange.caller().requireNamed(Right.DEFINE, newName);
        RenameLimit rename = Valid.command(new RenameLimit(name, newName), body);
        return tags.check(request, name)
                .thenCompose(matches -> asked.send(rename))
                .thenCompose(renamed -> update(asked, renamed, update))
                .thenApply(ReplyToHttp::of);
    }

    private static CompletableFuture<ReplyRecord> update(Asking asked, ReplyRecord renamed, UpdateLimit update) {
        return renamed.reply() instanceof Renamed ? asked.send(update) : CompletableFuture.completedFuture(renamed);
    }
}
