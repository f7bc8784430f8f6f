package io.limitledger.gateway.prefect.v1;

import com.fasterxml.jackson.databind.node.NullNode;
import io.limitledger.client.Asking;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.reply.Deleted;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.Errors;
import io.limitledger.gateway.prefect.answer.LimitJson;
import io.limitledger.gateway.prefect.limit.RequestFields;
import io.limitledger.gateway.prefect.request.FieldType;
import io.limitledger.gateway.prefect.request.ModelFields;
import io.limitledger.gateway.prefect.request.NameField;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.request.UuidField;
import io.limitledger.gateway.prefect.route.Operations;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.lease.Leases;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The routes of the limits of tags. */
public final class TagRoutes {
    static final String LIMITS = "/concurrency_limits";
    private static final String BY_ID = LIMITS + "/{id:uuid}";
    private static final String BY_TAG = LIMITS + "/tag/{tag}";
    private static final NameField TAG = new NameField(Tags.PREFIX, Set.of());
    private static final FieldType<List<UUID>> TASK_RUNS = FieldType.listOf(UuidField.TYPE);
    private static final DefinitionChange NOTHING_TAKEN = new DefinitionChange(null, null, null, 0L, null);

    private final Asking ledger;
    private final Leases leases;
    private final Tags tags;

    public TagRoutes(Asking ledger, LimitsView view, Leases leases) {
        this.ledger = ledger;
        this.leases = leases;
        this.tags = new Tags(view);
    }

    public void addTo(Operations operations) {
        operations.post(LIMITS + "/", Need.CALLER, this::put);
        operations.get(
                BY_ID, Need.CALLER, request -> show(tags.as(request.caller()).existing(request.pathId("id"))));
        operations.get(
                BY_TAG, Need.CALLER, request -> show(tags.as(request.caller()).existing(request.path("tag"))));
        operations.post(LIMITS + "/filter", Need.CALLER, this::filter);
        operations.post(BY_TAG + "/reset", Need.CALLER, this::reset);
        operations.delete(
                BY_ID,
                Need.CALLER,
                request -> delete(tags.as(request.caller()).existing(request.pathId("id")), request));
        operations.delete(
                BY_TAG,
                Need.CALLER,
                request -> delete(tags.as(request.caller()).existing(request.path("tag")), request));
        new TaskRunRoutes(leases, tags).addTo(operations);
    }

    /** Gives a tag a limit, or changes the one it has. */
    private CompletableFuture<HttpAnswer> put(PrefectRequest request) {
        ModelFields fields = request.model();
        String name = fields.required("tag", TAG, Tags.PREFIX);
        long limit = fields.required("concurrency_limit", RequestFields.LIMIT, 0L);
        fields.noOthers();
        request.check();
        request.caller().requireNamed(Right.DEFINE, name);
        Asking asked = ledger.as(request.onBehalf());
        return tags.as(request.caller())
                .caughtUp()
                .thenCompose(tags -> put(asked, tags.limit(name.substring(Tags.PREFIX.length())), name, limit));
    }

    private CompletableFuture<HttpAnswer> put(Asking asked, @Nullable Limit existing, String name, long limit) {
        if (existing == null) {
            Definition definition = new Definition(limit, 0, true);
            return asked.send(new PutLimit(name, definition, UUID.randomUUID(), true))
                    .thenApply(created -> stored(201, created.reply()));
        }
        DefinitionChange change = new DefinitionChange(LimitJson.wanted(limit, existing), null, null, null, null);
        return asked.send(new UpdateLimit(name, change)).thenApply(changed -> stored(200, changed.reply()));
    }

    private HttpAnswer stored(int status, Reply reply) {
        return reply instanceof Stored stored ? HttpAnswer.json(status, tags.body(stored.limit())) : Errors.conflict();
    }

    private CompletableFuture<HttpAnswer> show(CompletableFuture<Limit> limit) {
        return limit.thenApply(found -> HttpAnswer.json(200, tags.body(found)));
    }

    private CompletableFuture<HttpAnswer> filter(PrefectRequest request) {
        RequestFields.Page page = RequestFields.page(request);
        return tags.as(request.caller())
                .caughtUp()
                .thenApply(tags -> HttpAnswer.json(
                        200,
                        tags.page(page.offset(), page.limit()).stream()
                                .map(tags::body)
                                .toList()));
    }

    private CompletableFuture<HttpAnswer> delete(CompletableFuture<Limit> limit, PrefectRequest request) {
        return limit.thenCompose(found -> {
                    request.caller().require(Right.DEFINE, found.name());
                    return ledger.as(request.onBehalf()).send(new DeleteLimit(found.name()));
                })
                .thenApply(answer -> answer.reply() instanceof Deleted
                        ? HttpAnswer.json(200, NullNode.instance)
                        : Tags.limitNotFound());
    }

    /** Frees all slots of a tag, and gives them to the task runs that are listed, as far as they reach. */
    private CompletableFuture<HttpAnswer> reset(PrefectRequest request) {
        List<UUID> taskRuns = request.parts().optional("slot_override", TASK_RUNS, List.of());
        request.check();
        return tags.as(request.caller())
                .existing(request.path("tag"))
                .thenCompose(limit -> {
                    request.caller().require(Right.ADMIN, limit.name());
                    return free(limit, request).thenCompose(freed -> giveTo(taskRuns, limit, request));
                })
                .thenApply(done -> HttpAnswer.json(200, NullNode.instance));
    }

    private CompletableFuture<?> free(Limit limit, PrefectRequest request) {
        Leases asked = leases.as(request.onBehalf());
        CompletableFuture<?>[] all = tags.leases(limit).stream()
                .map(Lease::leaseId)
                .map(asked::release)
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all)
                .thenCompose(freed -> ledger.as(request.onBehalf()).send(new UpdateLimit(limit.name(), NOTHING_TAKEN)));
    }

    private CompletableFuture<?> giveTo(List<UUID> taskRuns, Limit limit, PrefectRequest request) {
        Leases asked = leases.as(request.onBehalf());
        CompletableFuture<?>[] all = taskRuns.stream()
                .distinct()
                .map(taskRun -> asked.acquire(TaskRunRoutes.acquisition(List.of(limit), taskRun)))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all);
    }
}
