package io.limitledger.gateway.prefect.v1;

import com.fasterxml.jackson.databind.node.NullNode;
import io.limitledger.client.Asking;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.limit.PrefectHolder;
import io.limitledger.gateway.prefect.request.IdField;
import io.limitledger.gateway.prefect.request.ListField;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.PrefectHandler;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /concurrency_limits/tag/{tag}/reset}: frees all slots of a tag, and gives them to the task runs that are
 * listed, as far as they reach.
 */
record ResetTagRoute(Asking ledger, Leases limits, Tags tags) implements PrefectHandler {
    private static final ListField<UUID> TASK_RUNS = new ListField<>(new IdField());
    private static final DefinitionChange NOTHING_TAKEN = new DefinitionChange(null, null, null, 0L, null);

    @Override
    public CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        List<UUID> taskRuns = request.parts().optional("slot_override", TASK_RUNS, List.of());
        request.check();
        return tags.existing(request.path("tag"))
                .thenCompose(limit -> free(limit).thenCompose(freed -> giveTo(taskRuns, limit)))
                .thenApply(done -> HttpAnswer.json(200, NullNode.instance));
    }

    private CompletableFuture<?> free(Limit limit) {
        CompletableFuture<?>[] all = tags.leases(limit).stream()
                .map(Lease::leaseId)
                .map(limits::release)
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all)
                .thenCompose(freed -> ledger.send(new UpdateLimit(limit.name(), NOTHING_TAKEN)));
    }

    private CompletableFuture<?> giveTo(List<UUID> taskRuns, Limit limit) {
        CompletableFuture<?>[] all = taskRuns.stream()
                .distinct()
                .map(taskRun -> hold(limit, taskRun))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all);
    }

    private CompletableFuture<Outcome> hold(Limit limit, UUID taskRun) {
        return limits.acquire(TaskRunLease.of(List.of(limit), PrefectHolder.taskRun(taskRun)));
    }
}
