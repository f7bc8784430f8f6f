package io.limitledger.gateway.access;

import io.limitledger.gateway.access.AccessLog.Change;
import io.limitledger.gateway.access.AccessRecord.GrantRemoved;
import io.limitledger.gateway.access.AccessRecord.GrantStored;
import io.limitledger.gateway.access.AccessRecord.TokenRemoved;
import io.limitledger.gateway.access.AccessRecord.TokenStored;
import io.limitledger.gateway.access.AccessRefusedException.Reason;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Creates, rotates and revokes tokens, and sets rights. All futures fail with {@link AccessRefusedException} if it is not possible.
 * Safe for use by many threads.
 */
public final class AccessAdmin {
    /** The token of the first administrator. */
    public static final String ADMIN = "admin";

    /** The longest time for which a token is given out, or kept besides its successor; what is more is a slip, or meant without end. */
    public static final Duration LONGEST = Duration.ofDays(3_650);

    /** Each is in the memory of every gateway, with up to a few kilobytes. */
    public static final int MAX_TOKENS = 20_000;

    public static final int MAX_SUBJECTS = 10_000;

    /** So long a revoked token is recognized as such, and its name shown; then it makes room for others. */
    private static final Duration REVOKED_KEPT = Duration.ofDays(90);

    private final AccessBook book;
    private final AccessLog log;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** A token with its text, which is known only now. */
    public record NewToken(AccessToken token, TokenText text) {}

    public AccessAdmin(AccessBook book, AccessLog log, Clock clock) {
        this.book = book;
        this.log = log;
        this.clock = clock;
    }

    public AccessBook book() {
        return book;
    }

    /**
     * A new token. The name of a revoked one may be used again.
     *
     * @param lifetime null if it is valid without end
     */
    public CompletableFuture<NewToken> create(
            String name, List<Allowed> allow, @Nullable Duration lifetime, @Nullable String by) {
        TokenText text = TokenText.random(random);
        Instant now = clock.instant();
        AccessToken token = AccessToken.of(name, allow, text.hash(), now, end(now, lifetime), by);
        return log.change(() -> {
            requireNotFixed(name);
            Optional<AccessToken> found = book.token(name);
            if (found.isPresent() && isOurs(found.get(), text)) {
                return new Change<>(List.of(), new NewToken(found.get(), text));
            }
            if (found.isPresent() && found.get().revokedAt() == null) {
                throw new AccessRefusedException(
                        Reason.TOKEN_EXISTS,
                        "Token '" + name
                                + "' exists already; choose another name, or give it a new text: limits token rotate "
                                + name);
            }
            List<AccessRecord> records = forgetOldest(now);
            requireRoom(records.size());
            records.add(new TokenStored(token));
            return new Change<>(records, new NewToken(token, text));
        });
    }

    /** The write of an attempt before may have been done although it was not answered. */
    private static boolean isOurs(AccessToken token, TokenText text) {
        return token.newest().hash().equals(text.hash());
    }

    private List<AccessRecord> forgetOldest(Instant now) {
        List<AccessRecord> forgotten = new ArrayList<>();
        for (AccessToken token : book.tokens().values()) {
            Instant revokedAt = token.revokedAt();
            if (revokedAt != null && revokedAt.plus(REVOKED_KEPT).isBefore(now)) {
                forgotten.add(new TokenRemoved(token.name()));
            }
        }
        return forgotten;
    }

    private void requireRoom(int forgotten) {
        if (book.tokens().size() - forgotten >= MAX_TOKENS) {
            throw new AccessRefusedException(
                    Reason.TOO_MANY,
                    "There are " + MAX_TOKENS + " tokens, which is the most; revoked ones make room after "
                            + REVOKED_KEPT.toDays() + " days");
        }
    }

    /** The first token of all; empty if there is any, so that another gateway was quicker or this is not the first start. */
    public CompletableFuture<Optional<NewToken>> createFirst() {
        TokenText text = TokenText.random(random);
        return log.change(() -> {
            AccessToken token = admin(text);
            boolean isOurs =
                    book.token(ADMIN).filter(found -> isOurs(found, text)).isPresent();
            if (isOurs || book.tokens().isEmpty()) {
                return new Change<>(
                        isOurs ? List.of() : List.of(new TokenStored(token)), Optional.of(new NewToken(token, text)));
            }
            return new Change<>(List.of(), Optional.empty());
        });
    }

    /** The token of the administrator anew, whatever has become of the one before, whose texts end. */
    public CompletableFuture<NewToken> replaceAdmin() {
        TokenText text = TokenText.random(random);
        return log.change(() -> {
            requireNotFixed(ADMIN);
            AccessToken token = admin(text);
            return new Change<>(List.of(new TokenStored(token)), new NewToken(token, text));
        });
    }

    private AccessToken admin(TokenText text) {
        return AccessToken.of(
                ADMIN, List.of(new Allowed(Right.ADMIN, NamePattern.ALL)), text.hash(), clock.instant(), null, null);
    }

    /**
     * One more text for a token; the one before stays valid for a while.
     *
     * @param lifetime of the new text; null for as long as the one before was given out
     */
    public CompletableFuture<NewToken> rotate(String name, Duration overlap, @Nullable Duration lifetime) {
        TokenText text = TokenText.random(random);
        return log.change(() -> {
            AccessToken token = requireLive(name);
            if (isOurs(token, text)) {
                return new Change<>(List.of(), new NewToken(token, text));
            }
            Instant now = clock.instant();
            AccessToken rotated =
                    token.rotated(text.hash(), now, end(now, lifetime == null ? token.lifetime() : lifetime), overlap);
            return new Change<>(List.of(new TokenStored(rotated)), new NewToken(rotated, text));
        });
    }

    /** A token that was revoked stays so. */
    public CompletableFuture<AccessToken> revoke(String name) {
        return log.change(() -> {
            AccessToken token = requireToken(name);
            if (token.revokedAt() != null) {
                return new Change<>(List.of(), token);
            }
            AccessToken revoked = token.revoked(clock.instant());
            return new Change<>(List.of(new TokenStored(revoked)), revoked);
        });
    }

    private AccessToken requireLive(String name) {
        AccessToken token = requireToken(name);
        if (token.revokedAt() != null) {
            throw new AccessRefusedException(
                    Reason.TOKEN_REVOKED,
                    "Token '" + name + "' was revoked at " + token.revokedAt()
                            + "; create it again: limits token create " + name);
        }
        return token;
    }

    private AccessToken requireToken(String name) {
        requireNotFixed(name);
        return book.token(name)
                .orElseThrow(() ->
                        new AccessRefusedException(Reason.TOKEN_NOT_FOUND, "Token '" + name + "' does not exist"));
    }

    private void requireNotFixed(String name) {
        if (book.isTokenFixed(name)) {
            throw new AccessRefusedException(
                    Reason.FROM_FILE,
                    "Token '" + name
                            + "' comes from a file of the gateway (--access-file or --admin-token-file): change"
                            + " it there");
        }
    }

    /** Gives a subject these rights, instead of those that it has; {@code anyone} and groups too. */
    public CompletableFuture<Grant> grant(String subject, List<Allowed> allow, @Nullable String by) {
        Grant grant = new Grant(subject, allow, clock.instant(), by);
        return log.change(() -> {
            requireGrantNotFixed(subject);
            if (book.grant(subject).isEmpty() && book.grants().size() >= MAX_SUBJECTS) {
                throw new AccessRefusedException(
                        Reason.TOO_MANY,
                        MAX_SUBJECTS + " subjects have rights, which is the most; give rights to groups instead");
            }
            return new Change<>(List.of(new GrantStored(grant)), grant);
        });
    }

    /** Takes all rights from a subject, but for those that it has by its groups, its token, and as anyone. */
    public CompletableFuture<Grant> withdraw(String subject) {
        return log.change(() -> {
            requireGrantNotFixed(subject);
            Grant grant = book.grant(subject)
                    .orElseThrow(() -> new AccessRefusedException(
                            Reason.RIGHTS_NOT_FOUND, "'" + subject + "' has no rights of its own"));
            return new Change<>(List.of(new GrantRemoved(subject)), grant);
        });
    }

    private void requireGrantNotFixed(String subject) {
        if (book.isGrantFixed(subject)) {
            throw new AccessRefusedException(
                    Reason.FROM_FILE,
                    "The rights of '" + subject + "' come from the gateway's --access-file: change them there");
        }
    }

    private static @Nullable Instant end(Instant now, @Nullable Duration lifetime) {
        return lifetime == null ? null : now.plus(lifetime);
    }
}
