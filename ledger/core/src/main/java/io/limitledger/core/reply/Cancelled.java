package io.limitledger.core.reply;

import java.util.UUID;

/** Nothing was granted under this id, and nothing will be. */
public record Cancelled(UUID leaseId) implements Reply {
    /** The same in words, for a client that waits. */
    public String message() {
        return "Expected to wait for slots, but lease id " + leaseId + " was released";
    }
}
