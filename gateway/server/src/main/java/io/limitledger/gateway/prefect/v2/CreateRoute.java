package io.limitledger.gateway.prefect.v2;

import io.limitledger.client.Asking;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Definition;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.Detail;
import io.limitledger.gateway.prefect.answer.LimitBody;
import io.limitledger.gateway.prefect.limit.LimitFields;
import io.limitledger.gateway.prefect.request.ModelFields;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.PrefectHandler;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** {@code POST /v2/concurrency_limits/}: makes a limit. */
record CreateRoute(Asking ledger) implements PrefectHandler {
    private record NewLimit(String name, Definition definition, long activeSlots, long deniedSlots) {
        static NewLimit of(ModelFields fields) {
            boolean active = fields.optional("active", LimitFields.ACTIVE, true);
            String name = fields.required("name", LimitFields.NAME, "");
            long limit = fields.required("limit", LimitFields.LIMIT, 0L);
            long activeSlots = fields.optional("active_slots", LimitFields.LIMIT, 0L);
            long deniedSlots = fields.optional("denied_slots", LimitFields.LIMIT, 0L);
            double decay = fields.optional("slot_decay_per_second", LimitFields.DECAY, 0.0);
            fields.noOthers();
            return new NewLimit(name, new Definition(limit, decay, active), activeSlots, deniedSlots);
        }

        boolean isInUse() {
            return activeSlots > 0 || deniedSlots > 0;
        }
    }

    @Override
    public CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        NewLimit limit = NewLimit.of(request.model());
        request.check();
        PutLimit put = new PutLimit(limit.name(), limit.definition(), UUID.randomUUID(), true);
        return ledger.send(put)
                .thenCompose(made -> made.reply() instanceof Stored && limit.isInUse()
                        ? use(limit)
                        : CompletableFuture.completedFuture(answer(made.reply())));
    }

    /** A second command, because the ledger's own limits start empty. */
    private CompletableFuture<HttpAnswer> use(NewLimit limit) {
        DefinitionChange change = new DefinitionChange(null, null, null, limit.activeSlots(), limit.deniedSlots());
        return ledger.send(new UpdateLimit(limit.name(), change)).thenApply(used -> answer(used.reply()));
    }

    private static HttpAnswer answer(Reply reply) {
        if (reply instanceof Stored stored) {
            return HttpAnswer.json(201, LimitBody.created(stored.limit()));
        }
        boolean isTaken = reply instanceof Refused refused && refused.reason() == Refused.Reason.LIMIT_EXISTS;
        return isTaken ? Detail.conflict() : Unexpected.answer(reply);
    }
}
