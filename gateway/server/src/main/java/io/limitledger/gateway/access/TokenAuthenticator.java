package io.limitledger.gateway.access;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows callers by their tokens: {@code Authorization: Bearer TOKEN}, or Basic with the token as password and any user name, or with
 * the token as user name and no password.
 */
public final class TokenAuthenticator implements Authenticator {
    /** A token's last use is known to the hour. More would be a record for each request. */
    private static final Duration NOTED_EVERY = Duration.ofHours(1);

    private static final String BEARER = "bearer";
    private static final String BASIC = "basic";

    private final AccessBook book;
    private final Clock clock;
    private final BiConsumer<String, Instant> noteUse;
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();

    /**
     * Knows the tokens of a book.
     *
     * @param noteUse is called with a token's name, at most once an hour for each token; it must not block
     */
    public TokenAuthenticator(AccessBook book, Clock clock, BiConsumer<String, Instant> noteUse) {
        this.book = book;
        this.clock = clock;
        this.noteUse = noteUse;
    }

    @Override
    public String way() {
        return AccessSettings.Way.TOKEN.word();
    }

    @Override
    public CompletableFuture<Optional<Principal>> authenticate(Credentials credentials) {
        String text = sent(credentials.header().apply("Authorization"));
        if (text == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        try {
            return CompletableFuture.completedFuture(Optional.of(identify(text)));
        } catch (UnauthenticatedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** What looks like a token in a header; null if nothing does. */
    private static @Nullable String sent(@Nullable String header) {
        if (header == null || header.indexOf(' ') < 0) {
            return null;
        }
        int space = header.indexOf(' ');
        String scheme = header.substring(0, space);
        String rest = header.substring(space).strip();
        if (scheme.equalsIgnoreCase(BEARER)) {
            return TokenText.looksLikeOne(rest) ? rest : null;
        }
        return scheme.equalsIgnoreCase(BASIC) ? ofBasic(rest) : null;
    }

    private static @Nullable String ofBasic(String base64) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        int colon = pair.indexOf(':');
        String user = colon < 0 ? pair : pair.substring(0, colon);
        String password = colon < 0 ? "" : pair.substring(colon + 1);
        if (TokenText.looksLikeOne(password)) {
            return password;
        }
        return password.isEmpty() && TokenText.looksLikeOne(user) ? user : null;
    }

    /**
     * The principal of a token's text.
     *
     * @throws UnauthenticatedException if it is not valid
     */
    public Principal identify(String text) {
        TokenHash hash = hash(text);
        AccessBook.Holder holder = book.holder(hash)
                .orElseThrow(
                        () -> new UnauthenticatedException(
                                "This gateway does not know the token. It may belong to another"
                                        + " ledger, or its name was given to a newer token; ask an administrator for a new one"));
        Instant now = clock.instant();
        checkValid(holder.token(), hash, now);
        noteUse(holder.token().name(), now);
        return holder.principal();
    }

    private static TokenHash hash(String text) {
        try {
            return TokenText.parse(text).hash();
        } catch (IllegalArgumentException e) {
            throw new UnauthenticatedException("What was sent as a token cannot be one: " + e.getMessage());
        }
    }

    private static void checkValid(AccessToken token, TokenHash hash, Instant now) {
        String name = "The token '" + token.name() + "'";
        if (token.revokedAt() != null) {
            throw new UnauthenticatedException(
                    name + " was revoked at " + token.revokedAt() + ". Ask an administrator for another one");
        }
        boolean isNewest = token.newest().hash().equals(hash);
        for (AccessToken.Secret secret : token.secrets()) {
            if (secret.hash().equals(hash) && !secret.isValid(now)) {
                throw new UnauthenticatedException(
                        isNewest
                                ? name + " expired at " + secret.expiresAt()
                                        + ". An administrator can extend it: limits token" + " rotate " + token.name()
                                : name + " was replaced by a newer text, and the older one, which was sent, ended at "
                                        + secret.expiresAt() + ". Use the newer one");
            }
        }
    }

    private void noteUse(String name, Instant now) {
        Instant before = noted.get(name);
        if (before == null || now.isAfter(before.plus(NOTED_EVERY))) {
            noted.put(name, now);
            noteUse.accept(name, now);
        }
    }
}
