package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.client.Asking;
import io.limitledger.core.command.DefineKey;
import io.limitledger.core.reply.KeyStored;
import io.limitledger.core.state.KeyOverride;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Query;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.gateway.view.LimitsView;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/limits/{name}/keys/{key}}: what one key may take other than all keys of the limit, and what it uses. A key needs
 * no administration: every key can be read, used or not.
 */
record KeyRoutes(Asking ledger, LimitsView view, DefinitionFields fields, Clock clock) {

    CompletableFuture<HttpAnswer> put(Context request) {
        JsonBody body = JsonBody.required(request);
        KeyOverride override = fields.override(body);
        return define(Valid.command(command(request, override), body), request);
    }

    /** The key is as all others again. */
    CompletableFuture<HttpAnswer> delete(Context request) {
        return define(Valid.command(command(request, null)), request);
    }

    private CompletableFuture<HttpAnswer> define(DefineKey define, Context request) {
        return ledger.as(Exchange.of(request).onBehalf()).send(define).thenCompose(answer -> {
            boolean isToBeShown = answer.reply() instanceof KeyStored && define.override() != null;
            return isToBeShown ? show(define) : ReplyToHttp.of(answer).now();
        });
    }

    CompletableFuture<HttpAnswer> get(Context request) {
        DefineKey key = Valid.command(command(request, null));
        new Query(request).check();
        return show(key);
    }

    private CompletableFuture<HttpAnswer> show(DefineKey key) {
        return view.caughtUp()
                .thenApply(caughtUp -> HttpAnswer.json(
                        200,
                        KeyBody.of(
                                view.key(key.limit(), key.key()), Existing.limit(view, key.limit()), clock.millis())));
    }

    private static DefineKey command(Context request, @Nullable KeyOverride override) {
        return new DefineKey(request.pathParam("name"), request.pathParam("key"), override);
    }
}
