package io.limitledger.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limitledger.gateway.access.Allowed;
import io.limitledger.gateway.access.Authenticator;
import io.limitledger.gateway.access.Credentials;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.access.Principal;
import io.limitledger.gateway.access.Rights;
import io.limitledger.gateway.access.UnauthenticatedException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens in memory, each with rights of its own. The token of the principal {@code token:ci} is {@code ci-secret}. */
public final class KnownTokens implements Authenticator {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final String SECRET = "-secret";

    private final Set<String> expired = ConcurrentHashMap.newKeySet();
    private final Map<String, Principal> principals = new ConcurrentHashMap<>();

    /** Makes a token, or gives the one that has this name other rights; returns its text. */
    public String allow(String name, String... allowed) {
        List<Allowed> rights = Arrays.stream(allowed).map(Allowed::parse).toList();
        principals.put(name + SECRET, new Principal("token:" + name, Set.of(), rights));
        return name + SECRET;
    }

    public void revoke(String name) {
        principals.remove(name + SECRET);
    }

    /** Makes a token that was revoked; returns its text. */
    public String revoke(String name, String... allowed) {
        String token = allow(name, allowed);
        revoke(name);
        return token;
    }

    /** Makes a token that was good until a moment ago; returns its text. */
    public String expire(String name, String... allowed) {
        String token = revoke(name, allowed);
        expired.add(token);
        return token;
    }

    public Gatekeeper gatekeeper() {
        return new Gatekeeper(List.of(this), principal -> new Rights(principal.allowed()));
    }

    @Override
    public CompletableFuture<Optional<Principal>> authenticate(Credentials credentials) {
        String authorization = credentials.header().apply("Authorization");
        String token = authorization == null ? null : token(authorization);
        if (token == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Principal principal = principals.get(token);
        return principal == null
                ? CompletableFuture.failedFuture(new UnauthenticatedException(
                        expired.contains(token)
                                ? "The token has expired; ask for a new one"
                                : "The token is not valid; ask for a new one"))
                : CompletableFuture.completedFuture(Optional.of(principal));
    }

    /** The password of a user counts as a token. */
    private static String token(String authorization) {
        if (authorization.startsWith(BEARER)) {
            return authorization.substring(BEARER.length());
        }
        if (!authorization.matches("Basic [A-Za-z0-9+/]+=*")) {
            return null;
        }
        String user = new String(Base64.getDecoder().decode(authorization.substring(BASIC.length())), UTF_8);
        return user.substring(user.indexOf(':') + 1);
    }

    @Override
    public String way() {
        return "token";
    }
}
