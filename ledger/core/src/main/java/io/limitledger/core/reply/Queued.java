package io.limitledger.core.reply;

import java.util.UUID;

/**
 * The acquire stands in the queue; the outcome follows as another reply.
 *
 * @param ahead how many waiters stand before it; where the acquire is a repeat, at most so many
 * @param until epoch milliseconds at which it will have waited long enough
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
