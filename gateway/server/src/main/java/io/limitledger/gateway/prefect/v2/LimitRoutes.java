package io.limitledger.gateway.prefect.v2;

import io.limitledger.client.Asking;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.reply.Deleted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renamed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.Errors;
import io.limitledger.gateway.prefect.answer.LimitJson;
import io.limitledger.gateway.prefect.limit.LimitLookup;
import io.limitledger.gateway.prefect.limit.RequestFields;
import io.limitledger.gateway.prefect.request.ModelFields;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.Operations;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The routes of limits: {@code /v2/concurrency_limits}. */
public final class LimitRoutes {
    static final String LIMITS = "/v2/concurrency_limits";
    private static final String LIMIT = LIMITS + "/{id_or_name}";

    private final Asking ledger;
    private final LimitLookup lookup;
    private final Clock clock;

    /** @param clock for what has decayed by now, in answers from the view */
    public LimitRoutes(Asking ledger, LimitLookup lookup, Clock clock) {
        this.ledger = ledger;
        this.lookup = lookup;
        this.clock = clock;
    }

    public void addTo(Operations operations) {
        operations.post(LIMITS + "/", Need.CALLER, this::create);
        operations.get(LIMIT, Need.CALLER, this::read);
        operations.post(LIMITS + "/filter", Need.CALLER, this::filter);
        operations.patch(LIMIT, Need.CALLER, this::patch);
        operations.delete(LIMIT, Need.CALLER, this::delete);
    }

    private record NewLimit(String name, Definition definition, long activeSlots, long deniedSlots) {
        static NewLimit of(ModelFields fields) {
            boolean active = fields.optional("active", RequestFields.ACTIVE, true);
            String name = fields.required("name", RequestFields.NAME, "");
            long limit = fields.required("limit", RequestFields.LIMIT, 0L);
            long activeSlots = fields.optional("active_slots", RequestFields.LIMIT, 0L);
            long deniedSlots = fields.optional("denied_slots", RequestFields.LIMIT, 0L);
            double decay = fields.optional("slot_decay_per_second", RequestFields.DECAY, 0.0);
            fields.noOthers();
            return new NewLimit(name, new Definition(limit, decay, active), activeSlots, deniedSlots);
        }

        boolean isInUse() {
            return activeSlots > 0 || deniedSlots > 0;
        }
    }

    private CompletableFuture<HttpAnswer> create(PrefectRequest request) {
        NewLimit limit = NewLimit.of(request.model());
        request.check();
        request.caller().requireNamed(Right.DEFINE, limit.name());
        Asking asked = ledger.as(request.onBehalf());
        PutLimit put = new PutLimit(limit.name(), limit.definition(), UUID.randomUUID(), true);
        return asked.send(put)
                .thenCompose(created -> created.reply() instanceof Stored && limit.isInUse()
                        ? use(asked, limit)
                        : CompletableFuture.completedFuture(created(created.reply())));
    }

    /** A second command, because the ledger's own limits start empty. */
    private CompletableFuture<HttpAnswer> use(Asking asked, NewLimit limit) {
        DefinitionChange change = new DefinitionChange(null, null, null, limit.activeSlots(), limit.deniedSlots());
        return asked.send(new UpdateLimit(limit.name(), change)).thenApply(used -> created(used.reply()));
    }

    private static HttpAnswer created(Reply reply) {
        return reply instanceof Stored stored
                ? HttpAnswer.json(201, LimitJson.created(stored.limit()))
                : refused(reply);
    }

    private CompletableFuture<HttpAnswer> read(PrefectRequest request) {
        return lookup.as(request.caller())
                .existing(request.path("id_or_name"))
                .thenApply(limit -> HttpAnswer.json(200, LimitJson.full(limit, clock.millis())));
    }

    /** A page of the limits, by name. It filters nothing, whatever its name. */
    private CompletableFuture<HttpAnswer> filter(PrefectRequest request) {
        RequestFields.Page page = RequestFields.page(request);
        return lookup.as(request.caller()).caughtUp().thenApply(lookup -> HttpAnswer.json(200, bodies(lookup, page)));
    }

    private List<LimitJson.Full> bodies(LimitLookup lookup, RequestFields.Page page) {
        long now = clock.millis();
        return lookup.page("", page.offset(), page.limit()).stream()
                .map(limit -> LimitJson.full(limit, now))
                .toList();
    }

    /** Changes the given fields of a limit, and leaves its leases alone. */
    private CompletableFuture<HttpAnswer> patch(PrefectRequest request) {
        LimitChange change = LimitChange.of(request.model());
        request.check();
        if (change.name() != null) {
            request.caller().requireNamed(Right.DEFINE, change.name());
        }
        Asking asked = ledger.as(request.onBehalf());
        return definable(request).thenCompose(limit -> change(asked, limit, change));
    }

    private CompletableFuture<HttpAnswer> change(Asking asked, Limit limit, LimitChange change) {
        if (change.hasNull()) {
            return Errors.conflict().now();
        }
        // The new name first: it may be refused, and then nothing else may have changed.
        return change.name() == null || change.name().equals(limit.name())
                ? update(asked, limit.name(), limit, change)
                : rename(asked, limit, change.name(), change);
    }

    private CompletableFuture<HttpAnswer> rename(Asking asked, Limit limit, String newName, LimitChange change) {
        return asked.send(new RenameLimit(limit.name(), newName))
                .thenCompose(answer -> answer.reply() instanceof Renamed
                        ? update(asked, newName, limit, change)
                        : refused(answer.reply()).now());
    }

    private CompletableFuture<HttpAnswer> update(Asking asked, String name, Limit before, LimitChange change) {
        return asked.send(new UpdateLimit(name, change.of(before, clock.millis())))
                .thenApply(
                        answer -> answer.reply() instanceof Stored ? HttpAnswer.noContent() : refused(answer.reply()));
    }

    private static HttpAnswer refused(Reply reply) {
        boolean isTaken = reply instanceof Refused refused && refused.reason() == Refused.Reason.LIMIT_EXISTS;
        return isTaken ? Errors.conflict() : Denials.unexpected(reply);
    }

    private CompletableFuture<Limit> definable(PrefectRequest request) {
        return lookup.as(request.caller()).existing(request.path("id_or_name")).thenApply(limit -> {
            request.caller().require(Right.DEFINE, limit.name());
            return limit;
        });
    }

    /** Deletes a limit, and its leases with it. */
    private CompletableFuture<HttpAnswer> delete(PrefectRequest request) {
        return definable(request)
                .thenCompose(limit -> ledger.as(request.onBehalf()).send(new DeleteLimit(limit.name())))
                .thenApply(answer -> answer.reply() instanceof Deleted
                        ? HttpAnswer.noContent()
                        : Denials.unexpected(answer.reply()));
    }
}
