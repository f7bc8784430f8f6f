package io.limitledger.gateway.access;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds out who asks and what it may do. */
public final class Gatekeeper {
    /** Authentication is off: every client may do everything. */
    public static final Gatekeeper OPEN = new Gatekeeper(List.of(), principal -> Rights.ALL);

    private final List<Authenticator> authenticators;
    private final Function<Principal, Rights> rights;

    /**
     * Where callers come from.
     *
     * @param authenticators in the order in which they are asked; the first that knows the kind of the credentials decides; none
     *     if authentication is off
     * @param rights all rights of a principal, as they are now
     */
    public Gatekeeper(List<Authenticator> authenticators, Function<Principal, Rights> rights) {
        this.authenticators = List.copyOf(authenticators);
        this.rights = rights;
    }

    public boolean isOpen() {
        return authenticators.isEmpty();
    }

    /** The ways in which a client may show who it is, such as {@code token}. */
    public List<String> ways() {
        return authenticators.stream().map(Authenticator::way).distinct().toList();
    }

    /**
     * Who asks. The future fails with {@link UnauthenticatedException} if that is not known; nearly always it is complete when
     * it is returned.
     */
    public CompletableFuture<Caller> caller(Credentials credentials) {
        return isOpen()
                ? CompletableFuture.completedFuture(Caller.EVERYONE)
                : principal(authenticators.iterator(), credentials)
                        .thenApply(principal -> new Caller(principal, rights.apply(principal)));
    }

    private CompletableFuture<Principal> principal(Iterator<Authenticator> next, Credentials credentials) {
        if (!next.hasNext()) {
            return CompletableFuture.failedFuture(unknown(credentials));
        }
        return next.next().authenticate(credentials).thenCompose(found -> orNext(found, next, credentials));
    }

    private CompletableFuture<Principal> orNext(
            Optional<Principal> found, Iterator<Authenticator> next, Credentials credentials) {
        return found.map(CompletableFuture::completedFuture).orElseGet(() -> principal(next, credentials));
    }

    private String howTo() {
        return authenticators.stream().map(Authenticator::howTo).distinct().collect(Collectors.joining(", or "));
    }

    private UnauthenticatedException unknown(Credentials credentials) {
        String ways = String.join(", ", ways());
        return new UnauthenticatedException(
                credentials.header().apply("Authorization") == null
                        ? "This gateway must know who asks (by: " + ways + "), and the request does not say it; "
                                + howTo()
                        : "The header Authorization has credentials of a kind that this gateway does not take. It"
                                + " knows callers by: "
                                + ways + "; tokens are sent as 'Authorization: Bearer ll_...'");
    }
}
