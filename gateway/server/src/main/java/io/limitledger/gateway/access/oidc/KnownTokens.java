package io.limitledger.gateway.access.oidc;

import io.limitledger.gateway.access.Principal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were verified, by their hashes: to verify a signature with each request would cost more than the rest of it. Forgotten
 * when the keys change, so that a key that was taken back counts no more.
 */
final class KnownTokens {
    /** Users of a company that are active within the life of a token. */
    private static final int MOST = 10_000;

    private final Map<ByteBuffer, Known> tokens = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Known> eldest) {
            return size() > MOST;
        }
    };

    private KeySet keys = KeySet.NONE;

    private record Known(Principal principal, Instant expires) {}

    /** Null if it is not known, or no longer valid. */
    @Nullable
    Principal find(String token, KeySet current, Instant now) {
        ByteBuffer hash = hash(token);
        Known found;
        synchronized (this) {
            forgetIfChanged(current);
            found = tokens.get(hash);
        }
        return found != null && now.isBefore(found.expires) ? found.principal : null;
    }

    synchronized void put(String token, KeySet verifiedWith, Principal principal, Instant expires) {
        if (verifiedWith.equals(keys)) {
            tokens.put(hash(token), new Known(principal, expires));
        }
    }

    private void forgetIfChanged(KeySet current) {
        if (!current.equals(keys)) {
            tokens.clear();
            keys = current;
        }
    }

    private static ByteBuffer hash(String token) {
        try {
            return ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
