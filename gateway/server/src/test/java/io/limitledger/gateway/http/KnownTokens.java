package io.limitledger.gateway.http;

import io.limitledger.gateway.access.Allowed;
import io.limitledger.gateway.access.Authenticator;
import io.limitledger.gateway.access.Credentials;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.access.Principal;
import io.limitledger.gateway.access.Rights;
import io.limitledger.gateway.access.UnauthenticatedException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens in memory, each with rights of its own. The token of the principal {@code token:ci} is {@code ci-secret}. */
public final class KnownTokens implements Authenticator {
    private static final String BEARER = "Bearer ";
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
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        String token = authorization.substring(BEARER.length());
        Principal principal = principals.get(token);
        return principal == null
                ? CompletableFuture.failedFuture(new UnauthenticatedException(
                        expired.contains(token)
                                ? "The token has expired; ask for a new one"
                                : "The token is not valid; ask for a new one"))
                : CompletableFuture.completedFuture(Optional.of(principal));
    }

    @Override
    public String way() {
        return "token";
    }
}
