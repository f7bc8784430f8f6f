package io.limitledger.gateway.prefect.v1;

import io.limitledger.client.Asking;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.Detail;
import io.limitledger.gateway.prefect.limit.LimitFields;
import io.limitledger.gateway.prefect.request.ModelFields;
import io.limitledger.gateway.prefect.request.NameField;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.PrefectHandler;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code POST /concurrency_limits/}: gives a tag a limit, or changes the one it has. */
record PutTagRoute(Asking ledger, Tags tags) implements PrefectHandler {
    private static final NameField TAG = new NameField(Tags.PREFIX, Set.of());

    @Override
    public CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        ModelFields fields = request.model();
        String name = fields.required("tag", TAG, Tags.PREFIX);
        long limit = fields.required("concurrency_limit", LimitFields.LIMIT, 0L);
        fields.noOthers();
        request.check();
        return tags.caughtUp().thenCompose(tags -> put(tags.limit(name.substring(Tags.PREFIX.length())), name, limit));
    }

    private CompletableFuture<HttpAnswer> put(@Nullable Limit existing, String name, long limit) {
        if (existing == null) {
            Definition definition = new Definition(limit, 0, true);
            return ledger.send(new PutLimit(name, definition, UUID.randomUUID(), true))
                    .thenApply(made -> answer(201, made.reply()));
        }
        DefinitionChange change = new DefinitionChange(limit, null, null, null, null);
        return ledger.send(new UpdateLimit(name, change)).thenApply(changed -> answer(200, changed.reply()));
    }

    private HttpAnswer answer(int status, Reply reply) {
        return reply instanceof Stored stored ? HttpAnswer.json(status, tags.body(stored.limit())) : Detail.conflict();
    }
}
