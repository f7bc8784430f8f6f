package io.limitledger.gateway.prefect.v1;

import io.limitledger.core.reply.Denied;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.LeaseRights;
import io.limitledger.gateway.prefect.answer.AnswerException;
import io.limitledger.gateway.prefect.answer.Errors;
import io.limitledger.gateway.prefect.answer.LimitJson;
import io.limitledger.gateway.prefect.limit.PrefectHolder;
import io.limitledger.gateway.prefect.limit.RequestFields;
import io.limitledger.gateway.prefect.request.PartFields;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.request.UuidField;
import io.limitledger.gateway.prefect.route.Operations;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The routes by which a task run takes a slot of each of its tags, and gives them back. */
final class TaskRunRoutes {
    private static final String RETRY_SECONDS = "10.0";
    private static final UUID NO_ID = new UUID(0, 0);

    private final Leases leases;
    private final Tags tags;

    TaskRunRoutes(Leases leases, Tags tags) {
        this.leases = leases;
        this.tags = tags;
    }

    void addTo(Operations operations) {
        operations.post(TagRoutes.LIMITS + "/increment", Need.CALLER, this::start);
        operations.post(TagRoutes.LIMITS + "/decrement", Need.CALLER, this::end);
    }

    /** A task run and its tags. */
    private record TaskRun(List<String> tags, UUID id) {
        static TaskRun of(PrefectRequest request) {
            PartFields fields = request.parts();
            TaskRun read = new TaskRun(
                    fields.required("names", RequestFields.NAMES, List.of()),
                    fields.required("task_run_id", UuidField.TYPE, NO_ID));
            request.check();
            read.tags().forEach(tag -> request.caller().requireNamed(Right.HOLD, Tags.PREFIX + tag));
            return read;
        }
    }

    /** For a client that knows nothing of leases, and so will never renew one: for as long as a lease may last. */
    static Acquisition acquisition(List<Limit> limits, UUID taskRun) {
        List<String> names = limits.stream().map(Limit::name).toList();
        return Acquisition.of(names, 1, Bounds.LONGEST_LEASE_MILLIS, 0, PrefectHolder.taskRun(taskRun));
    }

    /** Takes a slot of each of the tags that has a limit. */
    private CompletableFuture<HttpAnswer> start(PrefectRequest request) {
        TaskRun run = TaskRun.of(request);
        Leases asked = leases.as(request.onBehalf());
        return tags.as(request.caller()).caughtUp().thenCompose(tags -> start(asked, run, tags.limits(run.tags())));
    }

    private CompletableFuture<HttpAnswer> start(Leases asked, TaskRun run, List<Limit> found) {
        found.forEach(TaskRunRoutes::checkNotPaused);
        List<Limit> active =
                found.stream().filter(limit -> limit.definition().active()).toList();
        if (active.isEmpty()) {
            return HttpAnswer.json(200, List.of()).now();
        }
        // What the task run holds already, as after an answer that got lost, it does not take again.
        List<Limit> wanted = active.stream()
                .filter(limit -> tags.leaseIds(limit, run.id()).isEmpty())
                .toList();
        return wanted.isEmpty()
                ? started(found).now()
                : asked.acquire(acquisition(wanted, run.id()))
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
                        .map(limit -> LimitJson.minimal(Tags.tag(limit), limit))
                        .toList());
    }

    private static HttpAnswer denied(Outcome outcome, List<Limit> wanted) {
        String name = outcome.limit() == null ? wanted.get(0).name() : outcome.limit();
        String tag = name.substring(Tags.PREFIX.length());
        boolean isPaused = outcome.reply() instanceof Denied denied && denied.reason() == Denied.Reason.PAUSED;
        return isPaused
                ? deadlock(tag)
                : Errors.detail(423, "Concurrency limit for the " + tag + " tag has been reached")
                        .withHeader("Retry-After", RETRY_SECONDS);
    }

    /** Without a time to try again, so that the client gives up. */
    private static HttpAnswer deadlock(String tag) {
        return Errors.detail(
                423,
                "The concurrency limit on tag \"" + tag + "\" is 0 and will deadlock if the task tries to run again.");
    }

    /** Gives back the slots of the tags. */
    private CompletableFuture<HttpAnswer> end(PrefectRequest request) {
        TaskRun run = TaskRun.of(request);
        Leases asked = leases.as(request.onBehalf());
        return tags.as(request.caller()).caughtUp().thenCompose(tags -> end(asked, run.id(), tags.limits(run.tags())));
    }

    private CompletableFuture<HttpAnswer> end(Leases asked, UUID taskRun, List<Limit> found) {
        List<CompletableFuture<Outcome>> all = found.stream()
                .flatMap(limit -> tags.leaseIds(limit, taskRun).stream())
                .distinct()
                .map(asked::release)
                .toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).thenApply(done -> {
            boolean isOthers = all.stream().map(CompletableFuture::join).anyMatch(LeaseRights::isOthers);
            return isOthers
                    ? Errors.detail(403, "The slots of this task run are held by another principal")
                    : HttpAnswer.json(200, LimitJson.minimal(found));
        });
    }
}
