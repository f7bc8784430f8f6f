package io.limitledger.gateway.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is kept: everything but its text.
 *
 * @param name 1 to {@value #MAX_NAME_CHARACTERS} letters, digits, {@code . _ @ -}, a letter or digit first; its principal is
 *     {@code token:NAME}
 * @param allow what it may do; rights of the subjects {@code token:NAME} and {@code anyone} come on top
 * @param createdBy principal; null if it was made by the operator on the machine
 * @param secrets the newest first; a second one is that before the last rotation
 * @param revokedAt null if it was not revoked
 */
public record AccessToken(
        String name,
        List<Allowed> allow,
        Instant createdAt,
        @Nullable String createdBy,
        List<Secret> secrets,
        @Nullable Instant revokedAt) {
    /** A name is typed by people, and part of {@link Principal#MAX_CHARACTERS}. */
    public static final int MAX_NAME_CHARACTERS = 100;

    /** So that the one before stays valid until all clients have the new one. */
    private static final int MAX_SECRETS = 2;

    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0," + (MAX_NAME_CHARACTERS - 1) + "}");

    /**
     * One text of it.
     *
     * @param expiresAt from then on it is not valid; null if it is valid without end
     */
    public record Secret(
            TokenHash hash, Instant createdAt, @Nullable Instant expiresAt) {
        boolean isValid(Instant now) {
            return expiresAt == null || now.isBefore(expiresAt);
        }
    }

    /** What has become of a token. */
    public enum State {
        VALID,
        EXPIRED,
        REVOKED
    }

    public AccessToken {
        checkName(name);
        Allowed.checkNumber(allow);
        if (secrets.isEmpty() || secrets.size() > MAX_SECRETS) {
            throw new IllegalArgumentException(
                    "a token has 1 or " + MAX_SECRETS + " hashes, but '" + name + "' has " + secrets.size());
        }
        allow = List.copyOf(allow);
        secrets = List.copyOf(secrets);
    }

    /**
     * Whether a token may have this name.
     *
     * @throws IllegalArgumentException if none may
     */
    public static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of a token has 1 to " + MAX_NAME_CHARACTERS
                    + " characters: letters from A to Z, digits, and . _ @ - behind the first, such as ci-deploy");
        }
    }

    /** A new one with one secret. */
    public static AccessToken of(
            String name,
            List<Allowed> allow,
            TokenHash hash,
            Instant now,
            @Nullable Instant expiresAt,
            @Nullable String by) {
        return new AccessToken(name, allow, now, by, List.of(new Secret(hash, now, expiresAt)), null);
    }

    public Secret newest() {
        return secrets.get(0);
    }

    /** Until when its newest text is valid; null without end. */
    public @Nullable Instant expiresAt() {
        return newest().expiresAt();
    }

    public State state(Instant now) {
        if (revokedAt != null) {
            return State.REVOKED;
        }
        return newest().isValid(now) ? State.VALID : State.EXPIRED;
    }

    /** Until when the text before the last rotation is valid; empty if it is not. */
    public Optional<Instant> previousUntil(Instant now) {
        return secrets.stream()
                .skip(1)
                .filter(before -> before.isValid(now))
                .flatMap(before -> Optional.ofNullable(before.expiresAt()).stream())
                .findFirst();
    }

    /**
     * With one more text. The one before stays valid for a while, a still older one does not.
     *
     * @param expiresAt of the new one; null if it is valid without end
     */
    public AccessToken rotated(TokenHash hash, Instant now, @Nullable Instant expiresAt, Duration overlap) {
        List<Secret> both = new ArrayList<>();
        both.add(new Secret(hash, now, expiresAt));
        Secret before = newest();
        Instant until = now.plus(overlap);
        boolean endsEarlier = before.expiresAt() != null && before.expiresAt().isBefore(until);
        both.add(endsEarlier ? before : new Secret(before.hash(), before.createdAt(), until));
        return new AccessToken(name, allow, createdAt, createdBy, both, revokedAt);
    }

    /** How long each of its texts is valid; null without end. */
    public @Nullable Duration lifetime() {
        Instant end = expiresAt();
        return end == null ? null : Duration.between(newest().createdAt(), end);
    }

    public AccessToken revoked(Instant now) {
        return new AccessToken(name, allow, createdAt, createdBy, secrets, now);
    }

    Principal principal() {
        return new Principal("token:" + name, Set.of(), allow);
    }
}
