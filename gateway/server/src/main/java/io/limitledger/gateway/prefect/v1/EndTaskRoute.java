package io.limitledger.gateway.prefect.v1;

import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.MinimalLimit;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.PrefectHandler;
import io.limitledger.lease.Leases;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** {@code POST /concurrency_limits/decrement}: a task run gives back the slots of its tags. */
record EndTaskRoute(Leases limits, Tags tags) implements PrefectHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        TaskRunRequest end = TaskRunRequest.of(request);
        return tags.caughtUp().thenCompose(tags -> end(end.taskRun(), tags.limits(end.tags())));
    }

    private CompletableFuture<HttpAnswer> end(UUID taskRun, List<Limit> found) {
        CompletableFuture<?>[] all = found.stream()
                .flatMap(limit -> tags.leaseIds(limit, taskRun).stream())
                .distinct()
                .map(limits::release)
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all).thenApply(done -> HttpAnswer.json(200, MinimalLimit.all(found)));
    }
}
