package io.limitledger.gateway.prefect.v1;

import com.fasterxml.jackson.databind.node.NullNode;
import io.limitledger.client.Asking;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.reply.Deleted;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.Detail;
import io.limitledger.gateway.prefect.limit.PageFields;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.Operations;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.lease.Leases;
import java.util.concurrent.CompletableFuture;

/** The routes of the limits of tags. */
public final class TagRoutes {
    private static final String LIMITS = "/concurrency_limits";
    private static final String BY_ID = LIMITS + "/{id:uuid}";
    private static final String BY_TAG = LIMITS + "/tag/{tag}";

    private final Asking ledger;
    private final Leases limits;
    private final Tags tags;

    public TagRoutes(Asking ledger, LimitsView view, Leases limits) {
        this.ledger = ledger;
        this.limits = limits;
        this.tags = new Tags(view);
    }

    public void addTo(Operations operations) {
        operations.post(LIMITS + "/", new PutTagRoute(ledger, tags));
        operations.get(BY_ID, request -> show(tags.existing(request.pathId("id"))));
        operations.get(BY_TAG, request -> show(tags.existing(request.path("tag"))));
        operations.post(LIMITS + "/filter", this::filter);
        operations.post(BY_TAG + "/reset", new ResetTagRoute(ledger, limits, tags));
        operations.delete(BY_ID, request -> delete(tags.existing(request.pathId("id"))));
        operations.delete(BY_TAG, request -> delete(tags.existing(request.path("tag"))));
        operations.post(LIMITS + "/increment", new StartTaskRoute(limits, tags));
        operations.post(LIMITS + "/decrement", new EndTaskRoute(limits, tags));
    }

    private CompletableFuture<HttpAnswer> show(CompletableFuture<Limit> limit) {
        return limit.thenApply(found -> HttpAnswer.json(200, tags.body(found)));
    }

    private CompletableFuture<HttpAnswer> filter(PrefectRequest request) {
        PageFields page = PageFields.of(request);
        return tags.caughtUp()
                .thenApply(tags -> HttpAnswer.json(
                        200,
                        tags.page(page.offset(), page.limit()).stream()
                                .map(tags::body)
                                .toList()));
    }

    private CompletableFuture<HttpAnswer> delete(CompletableFuture<Limit> limit) {
        return limit.thenCompose(found -> ledger.send(new DeleteLimit(found.name())))
                .thenApply(answer -> answer.reply() instanceof Deleted
                        ? HttpAnswer.json(200, NullNode.instance)
                        : Detail.answer(404, "Concurrency limit not found"));
    }
}
