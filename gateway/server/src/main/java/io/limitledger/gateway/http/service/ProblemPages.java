package io.limitledger.gateway.http.service;

import io.javalin.http.Context;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteGroup;
import io.limitledger.gateway.http.Routes;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.Quote;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code GET /problems/{problem}}: where the {@code type} of a problem leads. */
public final class ProblemPages implements RouteGroup {
    private static final Map<String, ProblemType> BY_SLUG = Stream.of(ProblemType.values())
            .collect(Collectors.toUnmodifiableMap(ProblemType::slug, Function.identity()));

    @Override
    public void addTo(Routes routes) {
        routes.get("/problems/{problem}", Need.PUBLIC, ProblemPages::page);
    }

    private static CompletableFuture<HttpAnswer> page(Context request) {
        String slug = request.pathParam("problem");
        ProblemType type = BY_SLUG.get(slug);
        if (type == null) {
            throw new ProblemException(
                    ProblemType.ROUTE_NOT_FOUND,
                    "No such problem: '" + Quote.brief(slug) + "'. The 'type' of an error has the path of its page");
        }
        String page = "%s (HTTP status %d)%n%n%s%n".formatted(type.title(), type.status(), type.advice());
        return HttpAnswer.text("text/plain; charset=utf-8", page).now();
    }
}
