package io.limitledger.core.reply;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The acquire is in the queue; the outcome follows as another reply.
 *
 * @param ahead how many waiters are before it; where the acquire is a repeat, an upper bound
 * @param until epoch milliseconds at which its wait ends
 * @param obstacle what it waits for; null on a limit that has one bound only
 * @param estimatedStartAt epoch milliseconds at which it will start if all goes on as of late; null where that is not known
 */
public record Queued(
        String limit,
        UUID leaseId,
        long ahead,
        long until,
        @Nullable Obstacle obstacle,
        @Nullable Long estimatedStartAt)
        implements Reply {
    public Queued(String limit, UUID leaseId, long ahead, long until) {
        this(limit, leaseId, ahead, until, null, null);
    }

    @Override
    public Reply laterBy(long millis) {
        Long start = estimatedStartAt == null ? null : Long.valueOf(estimatedStartAt + millis);
        return new Queued(limit, leaseId, ahead, until + millis, obstacle, start);
    }

    @Override
    public boolean isInterim() {
        return true;
    }
}
