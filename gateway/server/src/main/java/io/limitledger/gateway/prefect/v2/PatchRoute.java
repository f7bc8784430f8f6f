package io.limitledger.gateway.prefect.v2;

import io.limitledger.client.Asking;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renamed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.Detail;
import io.limitledger.gateway.prefect.limit.LimitLookup;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.PrefectHandler;
import io.limitledger.wire.ReplyRecord;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/** {@code PATCH /v2/concurrency_limits/{id_or_name}}: changes what is given of a limit, and leaves its leases alone. */
record PatchRoute(Asking ledger, LimitLookup lookup, Clock clock) implements PrefectHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        LimitChange change = LimitChange.of(request.model());
        request.check();
        return lookup.existing(request.path("id_or_name")).thenCompose(limit -> change(limit, change));
    }

    private CompletableFuture<HttpAnswer> change(Limit limit, LimitChange change) {
        if (change.hasNull()) {
            return Detail.conflict().now();
        }
        // First, because it may be refused, and then nothing else shall have changed.
        return change.name() == null || change.name().equals(limit.name())
                ? update(limit.name(), limit, change)
                : rename(limit, change.name(), change);
    }

    private CompletableFuture<HttpAnswer> rename(Limit limit, String newName, LimitChange change) {
        return ledger.send(new RenameLimit(limit.name(), newName))
                .thenCompose(answer -> answer.reply() instanceof Renamed
                        ? update(newName, limit, change)
                        : refused(answer.reply()).now());
    }

    private CompletableFuture<HttpAnswer> update(String name, Limit before, LimitChange change) {
        return ledger.send(new UpdateLimit(name, change.of(before, clock.millis())))
                .thenApply(ReplyRecord::reply)
                .thenApply(reply -> reply instanceof Stored ? HttpAnswer.noContent() : refused(reply));
    }

    private static HttpAnswer refused(Reply reply) {
        boolean isTaken = reply instanceof Refused refused && refused.reason() == Refused.Reason.LIMIT_EXISTS;
        return isTaken ? Detail.conflict() : Unexpected.answer(reply);
    }
}
