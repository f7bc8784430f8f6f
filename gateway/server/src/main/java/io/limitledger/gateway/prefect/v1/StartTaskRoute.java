package io.limitledger.gateway.prefect.v1;

import io.limitledger.core.reply.Denied;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.AnswerException;
import io.limitledger.gateway.prefect.answer.Detail;
import io.limitledger.gateway.prefect.answer.MinimalLimit;
import io.limitledger.gateway.prefect.limit.PrefectHolder;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.PrefectHandler;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code POST /concurrency_limits/increment}: a task run takes a slot of each of its tags that has a limit. */
record StartTaskRoute(Leases limits, Tags tags) implements PrefectHandler {
    private static final String RETRY_SECONDS = "10.0";

    @Override
    public CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        TaskRunRequest start = TaskRunRequest.of(request);
        return tags.caughtUp().thenCompose(tags -> start(start, tags.limits(start.tags())));
    }

    private CompletableFuture<HttpAnswer> start(TaskRunRequest start, List<Limit> found) {
        found.forEach(StartTaskRoute::checkNotPaused);
        List<Limit> active =
                found.stream().filter(limit -> limit.definition().active()).toList();
        if (active.isEmpty()) {
            return HttpAnswer.json(200, List.of()).now();
        }
        List<Limit> wanted = active.stream()
                .filter(limit -> tags.leaseIds(limit, start.taskRun()).isEmpty())
                .toList();
        // What the task run holds already, as after an answer that got lost, it does not take again.
        return wanted.isEmpty()
                ? started(found).now()
                : limits.acquire(TaskRunLease.of(wanted, PrefectHolder.taskRun(start.taskRun())))
                        .thenApply(outcome -> outcome.isHeld() ? started(found) : denied(outcome, wanted));
    }

    private static void checkNotPaused(Limit limit) {
        if (limit.definition().limit() == 0) {
            throw new AnswerException(deadlock(Tags.tag(limit)));
        }
    }

    private static HttpAnswer started(List<Limit> limits) {
        return HttpAnswer.json(
                200,
                limits.stream()
                        .map(limit -> MinimalLimit.named(Tags.tag(limit), limit))
                        .toList());
    }

    private static HttpAnswer denied(Outcome outcome, List<Limit> wanted) {
        String name = outcome.limit() == null ? wanted.get(0).name() : outcome.limit();
        String tag = name.substring(Tags.PREFIX.length());
        boolean isPaused = outcome.reply() instanceof Denied denied && denied.reason() == Denied.Reason.PAUSED;
        return isPaused
                ? deadlock(tag)
                : locked("Concurrency limit for the " + tag + " tag has been reached")
                        .withHeader("Retry-After", RETRY_SECONDS);
    }

    /** Without a time to try again, which tells the client to give up. */
    private static HttpAnswer deadlock(String tag) {
        return locked(
                "The concurrency limit on tag \"" + tag + "\" is 0 and will deadlock if the task tries to run again.");
    }

    private static HttpAnswer locked(String detail) {
        return Detail.answer(423, detail);
    }
}
