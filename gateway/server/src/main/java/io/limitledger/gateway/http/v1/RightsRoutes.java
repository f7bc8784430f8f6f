package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.command.InvalidField;
import io.limitledger.gateway.access.AccessAdmin;
import io.limitledger.gateway.access.AccessBook;
import io.limitledger.gateway.access.Allowed;
import io.limitledger.gateway.access.Grant;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Query;
import io.limitledger.gateway.http.request.Valid;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code /v1/rights}: what subjects may do, besides what their own tokens allow. */
record RightsRoutes(@Nullable AccessAdmin admin) {
    private static final String SUBJECT = "subject";

    CompletableFuture<HttpAnswer> list(Context request) {
        Query query = new Query(request);
        String after = query.text("after");
        int size = query.size();
        query.check();
        AccessBook book = AccessAnswers.require(admin).book();
        NavigableMap<String, Grant> grants = book.grants();
        Page<Grant> page = Page.of(
                (after == null ? grants : grants.tailMap(after, false))
                        .values().stream().limit(size + 1L).toList(),
                size);
        return HttpAnswer.json(
                        200,
                        new RightsPage(
                                page.items().stream()
                                        .map(grant -> body(book, grant))
                                        .toList(),
                                page.next(Grant::subject)))
                .now();
    }

    CompletableFuture<HttpAnswer> get(Context request) {
        String subject = subject(request);
        new Query(request).check();
        AccessBook book = AccessAnswers.require(admin).book();
        Grant grant = book.grant(subject)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.RIGHTS_NOT_FOUND, "'" + subject + "' has no rights of its own"));
        return HttpAnswer.json(200, body(book, grant)).now();
    }

    CompletableFuture<HttpAnswer> put(Context request) {
        AccessAdmin changes = AccessAnswers.require(admin);
        String subject = subject(request);
        JsonBody body = JsonBody.required(request);
        List<Allowed> allow = AccessAnswers.allow(body);
        Valid.fields(List.of(), body);
        String by = Exchange.of(request).caller().by();
        return AccessAnswers.then(
                changes.grant(subject, allow, by), grant -> HttpAnswer.json(200, body(changes.book(), grant)));
    }

    CompletableFuture<HttpAnswer> delete(Context request) {
        return AccessAnswers.then(
                AccessAnswers.require(admin).withdraw(subject(request)), withdrawn -> HttpAnswer.noContent());
    }

    private static String subject(Context request) {
        String subject = request.pathParam(SUBJECT);
        try {
            Grant.checkSubject(subject);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(List.of(new InvalidField(SUBJECT, String.valueOf(e.getMessage()))));
        }
        return subject;
    }

    private static GrantBody body(AccessBook book, Grant grant) {
        return new GrantBody(
                grant.subject(),
                AccessAnswers.texts(grant.allow()),
                grant.setAt(),
                grant.setBy(),
                book.isGrantFixed(grant.subject()));
    }

    /**
     * Rights of a subject in JSON.
     *
     * @param inFile whether they come from a file of the gateway, and can be changed only there
     */
    private record GrantBody(
            String subject,
            List<String> allow,
            Instant setAt,
            @Nullable String setBy,
            boolean inFile) {}

    private record RightsPage(
            List<GrantBody> rights, @Nullable String next) {}
}
