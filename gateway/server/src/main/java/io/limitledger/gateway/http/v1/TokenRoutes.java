package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.gateway.access.AccessAdmin;
import io.limitledger.gateway.access.AccessBook;
import io.limitledger.gateway.access.AccessToken;
import io.limitledger.gateway.access.Allowed;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Query;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.wire.Words;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/tokens}: creates, lists, rotates and revokes tokens. Their texts are in the answers to the requests that made them, and
 * nowhere else.
 */
record TokenRoutes(@Nullable AccessAdmin admin, Clock clock) {
    private static final String NAME = "name";
    private static final String EXPIRES_IN = "expiresInSeconds";
    private static final String OVERLAP = "overlapSeconds";

    /** Long enough to bring the new text to all clients, over a weekend. */
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    private static final Duration USUAL_OVERLAP = Duration.ofDays(1);

    CompletableFuture<HttpAnswer> list(Context request) {
        Query query = new Query(request);
        String after = query.text("after");
        int size = query.size();
        query.check();
        AccessBook book = AccessAnswers.require(admin).book();
        NavigableMap<String, AccessToken> tokens = book.tokens();
        Page<AccessToken> page = Page.of(
                (after == null ? tokens : tokens.tailMap(after, false))
                        .values().stream().limit(size + 1L).toList(),
                size);
        return HttpAnswer.json(
                        200,
                        new TokenPage(
                                page.items().stream()
                                        .map(token -> body(book, token, null))
                                        .toList(),
                                page.next(AccessToken::name)))
                .now();
    }

    CompletableFuture<HttpAnswer> get(Context request) {
        String name = request.pathParam(NAME);
        new Query(request).check();
        AccessBook book = AccessAnswers.require(admin).book();
        AccessToken token = book.token(name)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.TOKEN_NOT_FOUND, "Token '" + name + "' does not exist"));
        return HttpAnswer.json(200, body(book, token, null)).now();
    }

    CompletableFuture<HttpAnswer> create(Context request) {
        AccessAdmin changes = AccessAnswers.require(admin);
        JsonBody body = JsonBody.required(request);
        String name = body.requiredText(NAME);
        if (body.has(NAME)) {
            AccessAnswers.check(body, NAME, () -> AccessToken.checkName(name));
        }
        List<Allowed> allow = AccessAnswers.allow(body);
        Duration lifetime = lifetime(body);
        Valid.fields(List.of(), body);
        String by = Exchange.of(request).caller().by();
        return AccessAnswers.then(
                changes.create(name, allow, lifetime, by),
                made -> HttpAnswer.json(
                                201,
                                body(changes.book(), made.token(), made.text().secret()))
                        .withHeader("Location", "/v1/tokens/" + name));
    }

    CompletableFuture<HttpAnswer> rotate(Context request) {
        AccessAdmin changes = AccessAnswers.require(admin);
        JsonBody body = JsonBody.optional(request);
        Duration overlap = seconds(body, OVERLAP, 0, LONGEST_OVERLAP);
        Duration lifetime = lifetime(body);
        Valid.fields(List.of(), body);
        return AccessAnswers.then(
                changes.rotate(request.pathParam(NAME), overlap == null ? USUAL_OVERLAP : overlap, lifetime),
                made -> HttpAnswer.json(
                        200, body(changes.book(), made.token(), made.text().secret())));
    }

    CompletableFuture<HttpAnswer> revoke(Context request) {
        return AccessAnswers.then(
                AccessAnswers.require(admin).revoke(request.pathParam(NAME)), revoked -> HttpAnswer.noContent());
    }

    private static @Nullable Duration lifetime(JsonBody body) {
        return seconds(body, EXPIRES_IN, 1, AccessAdmin.LONGEST);
    }

    private static @Nullable Duration seconds(JsonBody body, String field, long least, Duration most) {
        Long seconds = body.wholeNumber(field);
        if (seconds != null && (seconds < least || seconds > most.toSeconds())) {
            body.mistake(
                    field,
                    "Expected " + least + " to " + most.toSeconds() + " (" + most.toDays() + " days), but got "
                            + seconds);
            return null;
        }
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private TokenBody body(AccessBook book, AccessToken token, @Nullable String text) {
        Instant now = clock.instant();
        return new TokenBody(
                token.name(),
                text,
                AccessAnswers.texts(token.allow()),
                Words.of(token.state(now)),
                token.createdAt(),
                token.createdBy(),
                token.expiresAt(),
                token.previousUntil(now).orElse(null),
                token.revokedAt(),
                book.lastUsed(token),
                book.isTokenFixed(token.name()));
    }

    /**
     * A token in JSON.
     *
     * @param token its text, only in the answer to the request that made it
     * @param previousExpiresAt until when the text before the last rotation is valid; null if it is not
     * @param lastUsedAt up to an hour older than the last use
     * @param inFile whether it comes from a file of the gateway, and can be changed only there
     */
    private record TokenBody(
            String name,
            @Nullable String token,
            List<String> allow,
            String state,
            Instant createdAt,
            @Nullable String createdBy,
            @Nullable Instant expiresAt,
            @Nullable Instant previousExpiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt,
            boolean inFile) {}

    private record TokenPage(
            List<TokenBody> tokens, @Nullable String next) {}
}
