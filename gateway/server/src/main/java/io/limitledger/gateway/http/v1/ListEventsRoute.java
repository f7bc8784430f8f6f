package io.limitledger.gateway.http.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.events.EventTail;
import io.limitledger.gateway.events.KeptEvent;
import io.limitledger.gateway.events.LimitHistory;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.HttpJson;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.Query;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.wire.LeaseIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/limits/{name}/events}: what was decided about a limit, by number, a page at a time. */
record ListEventsRoute(EventTail tail, LimitHistory history, LimitsView view) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        String name = Valid.name(request.pathParam("name"));
        Query query = new Query(request);
        long after = query.after();
        int size = query.size();
        query.check();
        Existing.events(tail);
        Caller caller = Exchange.of(request).caller();
        return view.caughtUp()
                .thenCompose(caughtUp -> after(name, after, size + 1, request))
                .thenApply(events -> HttpAnswer.json(200, Body.of(events, size, caller)));
    }

    private CompletableFuture<List<JsonNode>> after(String name, long after, int most, Context request) {
        int partition = LeaseIds.partition(name, tail.partitions());
        List<JsonNode> kept = lastLife(tail.of(name, partition));
        if (isKept(name, after, kept, tail.isWhole(partition))) {
            return CompletableFuture.completedFuture(
                    kept.stream().filter(event -> number(event) > after).toList());
        }
        CompletableFuture<List<KeptEvent>> past = history.events(name, after, most);
        Exchange.of(request).takes(() -> past.cancel(false));
        return past.thenApply(older -> whole(name, after, older));
    }

    /** A limit that was made again under a name it had before counts from 1 again. */
    private static List<JsonNode> lastLife(List<KeptEvent> events) {
        List<JsonNode> life = new ArrayList<>();
        for (KeptEvent kept : events) {
            JsonNode event = json(kept);
            if (number(event) == 1) {
                life.clear();
            }
            life.add(event);
        }
        return life;
    }

    /** Whether the newest events have all of those asked for. */
    private boolean isKept(String name, long after, List<JsonNode> kept, boolean isWhole) {
        if (kept.isEmpty()) {
            long last = Existing.limit(view, name).number();
            return isWhole || last <= after;
        }
        return number(kept.get(0)) <= after + 1;
    }

    /** Kafka may be configured to drop old events, or some were deleted. */
    private static List<JsonNode> whole(String name, long after, List<KeptEvent> read) {
        List<JsonNode> events = read.stream().map(ListEventsRoute::json).toList();
        if (events.isEmpty() || number(events.get(0)) > after + 1) {
            String found = events.isEmpty() ? "none is kept" : "they begin with number " + number(events.get(0));
            throw new ProblemException(
                    ProblemType.EVENTS_GONE,
                    "Expected the events of limit '" + name + "' from number " + (after + 1) + " on, but " + found);
        }
        return events;
    }

    static JsonNode json(KeptEvent event) {
        try {
            return HttpJson.read(event.json());
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.INTERNAL_ERROR,
                    "Expected an event in JSON at offset " + event.offset() + " of partition " + event.partition()
                            + " of the events, but it is none");
        }
    }

    private static long number(JsonNode event) {
        return event.path("number").asLong();
    }

    private record Body(List<JsonNode> events, @Nullable String next) {
        static Body of(List<JsonNode> events, int size, Caller caller) {
            Page<JsonNode> page = Page.of(events, size);
            page.items().forEach(event -> VisibleEvent.of(event, caller));
            return new Body(page.items(), page.next(last -> Long.toString(number(last))));
        }
    }
}
