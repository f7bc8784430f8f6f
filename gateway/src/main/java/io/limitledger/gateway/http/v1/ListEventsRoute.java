package io.limitledger.gateway.http.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.limitledger.gateway.events.EventTail;
import io.limitledger.gateway.events.KeptEvent;
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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/limits/{name}/events}: what was decided about a limit, by number, a page at a time. */
record ListEventsRoute(EventTail tail, LimitsView view) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        String name = Valid.name(request.pathParam("name"));
        Query query = new Query(request);
        long after = Objects.requireNonNullElse(query.cursor(ListEventsRoute::number), 0L);
        int size = query.size();
        query.check();
        Existing.events(tail);
        return view.caughtUp().thenApply(caughtUp -> HttpAnswer.json(200, Body.of(after(name, after), size)));
    }

    private List<JsonNode> after(String name, long after) {
        int partition = LeaseIds.partition(name, tail.partitions());
        List<JsonNode> kept = lastLife(tail.of(name, partition));
        requireKept(name, after, kept, tail.isWhole(partition));
        return kept.stream().filter(event -> number(event) > after).toList();
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

    private void requireKept(String name, long after, List<JsonNode> kept, boolean isWhole) {
        if (kept.isEmpty()) {
            long last = Existing.limit(view, name).number();
            if (!isWhole && last > after) {
                throw gone(name, after, "none newer than the oldest that are kept here; its last is number " + last);
            }
        } else if (number(kept.get(0)) > after + 1) {
            throw gone(name, after, "those that are kept here begin with number " + number(kept.get(0)));
        }
    }

    private static ProblemException gone(String name, long after, String but) {
        return new ProblemException(
                ProblemType.EVENTS_GONE,
                "Expected the events of limit '" + name + "' from number " + (after + 1) + " on, but " + but);
    }

    private static JsonNode json(KeptEvent event) {
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

    private static @Nullable Long number(String text) {
        try {
            long number = Long.parseLong(text);
            return number >= 0 ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private record Body(List<JsonNode> events, @Nullable String next) {
        static Body of(List<JsonNode> events, int size) {
            Page<JsonNode> page = Page.of(events, size);
            return new Body(page.items(), page.next(last -> Long.toString(number(last))));
        }
    }
}
