package io.limitledger.core.reply;

import java.util.UUID;

/**
 * The acquire is in the queue; the outcome follows as another reply.
 *
 * @param ahead how many waiters are before it; where the acquire is a repeat, an upper bound
 * @param until epoch milliseconds at which its wait ends
 */
public record Queued(String limit, UUID leaseId, long ahead, long until) implements Reply {
    @Override
    public Reply laterBy(long millis) {
        return new Queued(limit, leaseId, ahead, until + millis);
    }

    @Override
    public boolean isInterim() {
        return true;
    }
}
