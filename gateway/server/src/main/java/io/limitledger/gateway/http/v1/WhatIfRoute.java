package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.gateway.events.LimitHistory;
import io.limitledger.gateway.events.LimitHistory.Alternatives;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Query;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.whatif.NotRetainedException;
import io.limitledger.whatif.Span;
import io.limitledger.whatif.TooMuchException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * {@code POST /v1/limits/{name}/what-if}: what would have been, had the limit had another definition. It is read and decided
 * while the client waits; a client that hangs up ends it.
 */
record WhatIfRoute(LimitHistory history, DefinitionFields fields, Clock clock) implements RouteHandler {
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String CANDIDATES = "candidates";

    /** A table that a reader can take in; each costs as much as deciding the span once. */
    private static final int MOST_CANDIDATES = 50;

    /** Without another span. */
    private static final Duration LAST_DAY = Duration.ofDays(1);

    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        String name = Valid.name(request.pathParam("name"));
        JsonBody body = JsonBody.required(request);
        long now = clock.millis();
        long to = time(body, TO, now, now);
        long from = time(body, FROM, now, to - LAST_DAY.toMillis());
        if (from >= to) {
            body.mistake(FROM, "Expected a time before to, which is " + Instant.ofEpochMilli(to));
        }
        List<DefinitionChange> changes = new ArrayList<>();
        List<InvalidField> ofCandidates = candidates(name, body, changes);
        Valid.fields(ofCandidates, body);
        Span span = new Span(from, to);
        CompletableFuture<Optional<Alternatives>> answer = history.whatIf(name, span, changes);
        Exchange.of(request).takes(() -> answer.cancel(false));
        return answer.handle((alternatives, failure) -> {
            if (failure != null) {
                throw problem(failure);
            }
            return HttpAnswer.json(
                    200, WhatIfBody.of(name, span, alternatives.orElseThrow(() -> Existing.noLimitAt(name, to - 1))));
        });
    }

    private List<InvalidField> candidates(String name, JsonBody body, List<DefinitionChange> changes) {
        List<JsonBody> given = body.objects(CANDIDATES);
        List<InvalidField> mistakes = new ArrayList<>();
        if (given == null || given.isEmpty() || given.size() > MOST_CANDIDATES) {
            mistakes.add(new InvalidField(
                    CANDIDATES,
                    "Expected 1 to " + MOST_CANDIDATES
                            + " objects with the fields that change, such as [{\"limit\": 20}]"));
            return mistakes;
        }
        for (int index = 0; index < given.size(); index++) {
            DefinitionChange change = fields.change(given.get(index));
            changes.add(change);
            String path = CANDIDATES + "[" + index + "].";
            new UpdateLimit(name, change)
                    .invalidFields()
                    .forEach(mistake -> mistakes.add(new InvalidField(path + mistake.field(), mistake.message())));
        }
        return mistakes;
    }

    private static long time(JsonBody body, String field, long now, long otherwise) {
        String text = body.text(field);
        if (text == null) {
            return otherwise;
        }
        Long at = Query.timeUpTo(now, text);
        if (at == null) {
            body.mistake(field, "Expected a time that has passed, such as 2026-11-20T10:15:00Z");
            return otherwise;
        }
        return at;
    }

    private static RuntimeException problem(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof NotRetainedException || cause instanceof TooMuchException) {
            return ProblemException.invalid(List.of(new InvalidField(FROM, String.valueOf(cause.getMessage()))));
        }
        if (cause instanceof AuthorizationException) {
            return new ProblemException(
                    ProblemType.OVERLOADED,
                    "This gateway may not read the commands. Give its Kafka user READ on the topic limits.commands");
        }
        return cause instanceof RuntimeException known ? known : new CompletionException(cause);
    }
}
