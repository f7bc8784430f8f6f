package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.gateway.events.EventPositions;
import io.limitledger.gateway.events.EventTail;
import io.limitledger.gateway.events.KeptEvent;
import io.limitledger.gateway.http.Client;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.Query;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/events}: what is decided, as it is committed, as server-sent events. */
record StreamEventsRoute(EventTail tail, EventStreams streams) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        Query query = new Query(request);
        Set<String> limits = query.texts("limit");
        long[] after = query.cursor(EventPositions::read);
        query.check();
        Existing.events(tail);
        Exchange exchange = Exchange.of(request);
        long[] positions = begin(request.header("Last-Event-ID"), after);
        Predicate<KeptEvent> wanted = event -> limits.isEmpty() || limits.contains(event.limit());
        return HttpAnswer.events(streams.open(Client.of(request), positions, wanted, exchange::caller))
                .now();
    }

    /** A browser that connects again sends the header, and still has the address with which it began. */
    private long[] begin(@Nullable String lastEventId, long @Nullable [] after) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return after == null ? tail.ends() : kept(after);
        }
        return kept(EventPositions.read(lastEventId));
    }

    private long[] kept(long @Nullable [] positions) {
        if (positions == null || !tail.covers(positions)) {
            throw new ProblemException(
                    ProblemType.EVENTS_GONE,
                    "Expected to go on after an event that is still kept here, but the id given is older, or not from"
                            + " this ledger");
        }
        return positions;
    }
}
