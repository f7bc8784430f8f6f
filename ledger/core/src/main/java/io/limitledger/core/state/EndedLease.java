package io.limitledger.core.state;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a lease id that is done with, so that a late repeat of its acquire takes nothing twice.
 *
 * @param how what became of it
 * @param endedAt epoch milliseconds
 * @param grant the grant itself where it left no lease behind and a repeat must be given the same answer
 */
public record EndedLease(
        UUID leaseId,
        String limit,
        How how,
        long endedAt,
        @Nullable Lease grant) implements LeaseRecord {
    public boolean isForgottenAt(long now) {
        return isForgottenAt(now, endedAt);
    }

    /** The one predicate for "is it too long ago to matter?". */
    public static boolean isForgottenAt(long now, long endedAt) {
        // Not a sum: where nothing has ended the time is NEVER.
        return now - endedAt >= Bounds.REMEMBER_ENDED_MILLIS;
    }

    /** How a lease id came to its end. */
    public enum How {
        RELEASED,
        EXPIRED,
        CANCELLED,
        /** Granted without a lease: nothing to release, only to remember. */
        UNLEASED
    }
}
