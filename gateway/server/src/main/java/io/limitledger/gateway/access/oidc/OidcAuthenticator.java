package io.limitledger.gateway.access.oidc;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.limitledger.gateway.access.Authenticator;
import io.limitledger.gateway.access.Credentials;
import io.limitledger.gateway.access.OidcSettings;
import io.limitledger.gateway.access.Principal;
import io.limitledger.gateway.access.PrincipalName;
import io.limitledger.gateway.access.UnauthenticatedException;
import io.limitledger.timer.Timer;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows callers by JWTs of an identity provider, sent as {@code Authorization: Bearer}: {@code user:NAME}, with their groups. A token
 * must be signed by a key of the provider, made for this gateway, and valid now.
 */
public final class OidcAuthenticator implements Authenticator, AutoCloseable {
    /** How far the clocks of provider and gateway may differ. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private static final String BEARER = "bearer ";
    private static final String KIND = "user:";

    /** As much as the headers of a request may have. */
    private static final int MOST_CHARACTERS = 16 * 1_024;

    /** More than a company has for one person; the rest of a list is left out. */
    private static final int MOST_GROUPS = 500;

    private static final Pattern JWT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*");
    private static final String EMAIL = "email";

    private final OidcSettings settings;
    private final ProviderKeys keys;
    private final Clock clock;
    private final KnownTokens known = new KnownTokens();

    OidcAuthenticator(OidcSettings settings, Supplier<CompletableFuture<KeySet>> provider, Clock clock, Timer timer) {
        this.settings = settings;
        this.keys = new ProviderKeys(settings.issuer().toString(), provider, timer);
        this.clock = clock;
        keys.start();
    }

    /**
     * Begins to read the keys of the provider; its tokens are refused until they are known.
     *
     * @throws IllegalArgumentException if the provider cannot be asked as the settings say
     */
    public static OidcAuthenticator start(OidcSettings settings, Clock clock, Timer timer) {
        return new OidcAuthenticator(settings, new IdentityProvider(settings)::keys, clock, timer);
    }

    @Override
    public String way() {
        return "oidc";
    }

    /** Why the provider's keys could not be read at the newest attempt; null if they were. */
    public @Nullable String problem() {
        return keys.problem();
    }

    @Override
    public CompletableFuture<Optional<Principal>> authenticate(Credentials credentials) {
        String header = credentials.header().apply("Authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        String text = header.substring(BEARER.length()).strip();
        if (text.length() > MOST_CHARACTERS) {
            return CompletableFuture.failedFuture(new UnauthenticatedException(
                    "The token has more than " + MOST_CHARACTERS + " characters; have the provider leave claims out"));
        }
        if (!JWT.matcher(text).matches()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Principal before = known.find(text, keys.known(), clock.instant());
        if (before != null) {
            return CompletableFuture.completedFuture(Optional.of(before));
        }
        try {
            SignedJWT token = parse(text);
            return keys.keysFor(token.getHeader()).thenApply(set -> Optional.of(verified(text, token, set)));
        } catch (UnauthenticatedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static SignedJWT parse(String text) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            JWSHeader header = token.getHeader();
            if (!KeySet.ALGORITHMS.contains(header.getAlgorithm())) {
                throw new UnauthenticatedException(
                        "The token is signed in a way that is not accepted; have the provider sign with RS256, PS256"
                                + " or ES256");
            }
            return token;
        } catch (ParseException | IllegalArgumentException e) {
            throw new UnauthenticatedException(
                    "What was sent as a token is not a signed JWT; send one of the identity provider");
        }
    }

    private Principal verified(String text, SignedJWT token, KeySet set) {
        if (!set.has(token.getHeader())) {
            throw new UnauthenticatedException("The token is signed with a key that is not one of "
                    + settings.issuer() + (keys.problem() == null ? "" : ", whose keys cannot be read at the moment")
                    + "; get a new token there");
        }
        if (!set.verifies(token)) {
            throw new UnauthenticatedException(
                    "The signature of the token is not valid; get a new token from " + settings.issuer());
        }
        JWTClaimsSet claims = claims(token);
        Instant expires = check(claims);
        Principal principal = new Principal(KIND + user(claims), groups(claims), List.of());
        known.put(text, set, principal, expires);
        return principal;
    }

    private static JWTClaimsSet claims(SignedJWT token) {
        try {
            return token.getJWTClaimsSet();
        } catch (ParseException e) {
            throw new UnauthenticatedException("The token has claims that cannot be read; get a new one");
        }
    }

    /** Returns until when it may be used. */
    private Instant check(JWTClaimsSet claims) {
        Instant now = clock.instant();
        if (!settings.issuer().toString().equals(claims.getIssuer())) {
            throw new UnauthenticatedException("The token is of another issuer; get one from " + settings.issuer());
        }
        if (!claims.getAudience().contains(settings.audience())) {
            throw new UnauthenticatedException(
                    "The token was made for another service; get one whose audience (aud) is '" + settings.audience()
                            + "'");
        }
        if (claims.getExpirationTime() == null) {
            throw new UnauthenticatedException("The token has no end (exp); get one that ends");
        }
        Instant expires = claims.getExpirationTime().toInstant().plus(CLOCK_SKEW);
        if (!now.isBefore(expires)) {
            throw new UnauthenticatedException(
                    "The token expired at " + claims.getExpirationTime().toInstant() + "; get a new one");
        }
        if (isAhead(claims.getNotBeforeTime(), now) || isAhead(claims.getIssueTime(), now)) {
            throw new UnauthenticatedException(
                    "The token is valid only later; check the clocks of the provider and of this gateway");
        }
        return expires;
    }

    private static boolean isAhead(@Nullable Date time, Instant now) {
        return time != null && time.toInstant().isAfter(now.plus(CLOCK_SKEW));
    }

    private String user(JWTClaimsSet claims) {
        String claim = settings.userClaim();
        boolean isUnverified = claim.equals(EMAIL) && "false".equals(String.valueOf(claims.getClaim("email_verified")));
        if (isUnverified) {
            // Anyone can register with the address of another at some providers.
            throw new UnauthenticatedException(
                    "The provider has not verified the mail address that names the user; have it verified");
        }
        if (claims.getClaim(claim) instanceof String name && PrincipalName.isUsable(KIND + name)) {
            return name;
        }
        throw new UnauthenticatedException("The token has no claim '" + claim + "' with a name of 1 to "
                + (Principal.MAX_CHARACTERS - KIND.length()) + " visible characters; have the provider add it");
    }

    private Set<String> groups(JWTClaimsSet claims) {
        Object groups = settings.groupsClaim() == null ? null : claims.getClaim(settings.groupsClaim());
        if (groups instanceof String one) {
            return PrincipalName.isUsable("group:" + one) ? Set.of(one) : Set.of();
        }
        return groups instanceof Collection<?> several
                ? several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .filter(group -> PrincipalName.isUsable("group:" + group))
                        .limit(MOST_GROUPS)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    @Override
    public void close() {
        keys.close();
    }
}
