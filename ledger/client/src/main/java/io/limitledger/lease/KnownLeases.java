package io.limitledger.lease;

import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is known of limits and leases without asking the ledger; it may lag behind the ledger by some milliseconds. */
public interface KnownLeases {
    /** For a process that sees nothing but its own answers: leases are then found by asking the ledger. */
    KnownLeases NONE = new KnownLeases() {
        @Override
        public boolean seesAll() {
            return false;
        }

        @Override
        public CompletableFuture<Void> caughtUp() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public List<String> limitsOf(UUID leaseId) {
            return List.of();
        }

        @Override
        public @Nullable Lease lease(String limit, UUID leaseId) {
            return null;
        }

        @Override
        public @Nullable Limit limit(String name) {
            return null;
        }
    };

    /** Whether what is not known here does not exist, once {@link #caughtUp()} has completed. */
    default boolean seesAll() {
        return true;
    }

    /** Completes when everything is seen that this process has answered so far; after a bounded wait in any case. */
    CompletableFuture<Void> caughtUp();

    /** The names of all limits that were asked for under the id, as one of them reports; empty if none is known. */
    List<String> limitsOf(UUID leaseId);

    @Nullable
    Lease lease(String limit, UUID leaseId);

    @Nullable
    Limit limit(String name);

    /** Whether a limit is known not to exist. */
    default boolean isMissing(String limit) {
        return seesAll() && limit(limit) == null;
    }
}
