package io.limitledger.gateway.prefect.v2;

import io.limitledger.client.Asking;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.reply.Deleted;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.limit.LimitLookup;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.PrefectHandler;
import java.util.concurrent.CompletableFuture;

/** {@code DELETE /v2/concurrency_limits/{id_or_name}}: deletes a limit, and its leases with it. */
record DeleteRoute(Asking ledger, LimitLookup lookup) implements PrefectHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        return lookup.existing(request.path("id_or_name"))
                .thenCompose(limit -> ledger.send(new DeleteLimit(limit.name())))
                .thenApply(answer ->
                        answer.reply() instanceof Deleted ? HttpAnswer.noContent() : Unexpected.answer(answer.reply()));
    }
}
