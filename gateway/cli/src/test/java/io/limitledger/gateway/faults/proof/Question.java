package io.limitledger.gateway.faults.proof;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question of a client.
 *
 * @param leaseId null if the client does not know it because nothing was granted
 * @param leaseMillis 0 for slots that are spent
 * @param waitMillis how long the client is willing to wait in the queue
 */
public record Question(Kind kind, String limit, @Nullable UUID leaseId, long slots, long leaseMillis, long waitMillis) {
    public enum Kind {
        ACQUIRE,
        RENEW,
        RELEASE,
        /** Sends nothing: the client checks whether it still believes that it holds. */
        LOOK
    }

    public static Question acquire(String limit, UUID leaseId, long slots, long leaseMillis, long waitMillis) {
        return new Question(Kind.ACQUIRE, limit, leaseId, slots, leaseMillis, waitMillis);
    }

    /** Another question about the same slots. */
    public Question then(Kind kind) {
        return new Question(kind, limit, leaseId, slots, leaseMillis, 0);
    }

    public boolean isSpending() {
        return leaseMillis == 0;
    }
}
