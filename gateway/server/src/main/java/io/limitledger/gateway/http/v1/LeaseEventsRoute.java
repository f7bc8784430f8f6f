package io.limitledger.gateway.http.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.events.EventTail;
import io.limitledger.gateway.events.KeptEvent;
import io.limitledger.gateway.events.LimitHistory;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.Ids;
import io.limitledger.gateway.http.request.Query;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.wire.LeaseIds;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/leases/{leaseId}/events}: the life of a lease, or of a request that never became one. Of the newest events of
 * all limits; with the name of one of its limits, of all events of that limit.
 */
record LeaseEventsRoute(EventTail tail, LimitHistory history) implements RouteHandler {
    /** A lease that is renewed each second for a quarter of an hour; a page of other lists has as many at most. */
    private static final int MOST = 1_000;

    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        UUID leaseId = Ids.required("leaseId", request.pathParam("leaseId"));
        Query query = new Query(request);
        String limit = query.text("limit");
        query.check();
        if (limit != null) {
            Valid.name(limit);
        }
        Existing.events(tail);
        Caller caller = Exchange.of(request).caller();
        return events(leaseId.toString(), limit, request).thenApply(events -> answer(events, leaseId, caller));
    }

    private CompletableFuture<List<KeptEvent>> events(String leaseId, @Nullable String limit, Context request) {
        if (limit == null || tail.isWhole(LeaseIds.partition(limit, tail.partitions()))) {
            return CompletableFuture.completedFuture(tail.with(leaseId).stream()
                    .filter(event -> limit == null || event.limit().equals(limit))
                    .toList());
        }
        CompletableFuture<List<KeptEvent>> past = history.eventsWith(limit, leaseId, MOST);
        Exchange.of(request).takes(() -> past.cancel(false));
        return past;
    }

    private static HttpAnswer answer(List<KeptEvent> events, UUID leaseId, Caller caller) {
        List<JsonNode> life = events.stream()
                .filter(event -> caller.may(Right.READ, event.limit()))
                .map(ListEventsRoute::json)
                .filter(event -> isAbout(leaseId.toString(), event.path("fact")))
                .sorted(Comparator.comparing(event -> event.path("at").asText()))
                .limit(MOST)
                .map(event -> VisibleEvent.of(event, caller))
                .toList();
        return HttpAnswer.json(200, Map.of("events", life));
    }

    /** What a holder says of itself may name the lease of another. */
    private static boolean isAbout(String leaseId, JsonNode fact) {
        return fact.properties().stream()
                .anyMatch(field -> field.getKey().equals("leaseId")
                        ? field.getValue().asText().equals(leaseId)
                        : !field.getKey().equals("holder") && isAboutAnyOf(leaseId, field.getValue()));
    }

    private static boolean isAboutAnyOf(String leaseId, JsonNode value) {
        if (value.isArray()) {
            for (JsonNode one : value) {
                if (isAbout(leaseId, one)) {
                    return true;
                }
            }
            return false;
        }
        return isAbout(leaseId, value);
    }
}
