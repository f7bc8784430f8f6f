package io.limitledger.gateway.access;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One way to find out who asks: by token, by a company's identity provider, by certificate, by a proxy's word. */
public interface Authenticator {
    /**
     * Finds the principal. It must not block; nearly always the future is complete when it is returned.
     *
     * @return empty if the credentials are not of this kind; the future fails with {@link UnauthenticatedException} if they are, but
     *     are not valid
     */
    CompletableFuture<Optional<Principal>> authenticate(Credentials credentials);

    /** What a client has to do to be known this way, as the rest of a sentence. */
    default String howTo() {
        return "send 'Authorization: Bearer' with a token";
    }

    /** Its word in {@code --auth}, such as {@code token}. */
    String way();
}
