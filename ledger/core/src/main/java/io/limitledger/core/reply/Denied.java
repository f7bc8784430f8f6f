package io.limitledger.core.reply;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The acquire was in order, but the slots are not free.
 *
 * @param retryAfterMillis exact on a limit with decay; otherwise the time to the next lease's end, at most 30 s, since
 *     holders seldom keep a lease to its end. Exact too where a quota is missing and nothing else
 * @param obstacle what is missing; null on a limit that has one bound only
 */
public record Denied(
        String limit,
        UUID leaseId,
        Reason reason,
        long retryAfterMillis,
        @Nullable Obstacle obstacle) implements Reply {
    public Denied(String limit, UUID leaseId, Reason reason, long retryAfterMillis) {
        this(limit, leaseId, reason, retryAfterMillis, null);
    }

    /** Why not, in order of precedence. */
    public enum Reason {
        /** The limit is 0. */
        PAUSED,
        /** Too much is occupied, or others are in the queue. */
        FULL,
        /** Too much was taken within the time of a quota, of the limit or of the key. */
        QUOTA,
        /** The key occupies as much as it may. */
        KEY,
        /** As many wait as may. */
        QUEUE,
        /** It waited, and a newer acquire took its position. */
        REPLACED,
        /** It waited as long as it was willing to. */
        TIMED_OUT
    }

    /** The reason in words. */
    public String message() {
        return switch (reason) {
            case PAUSED -> "Expected to acquire slots of limit '" + limit + "', but it is paused: its limit is 0";
            case FULL -> "Expected free slots on limit '" + limit + "', but they are occupied, or others wait for them";
            case QUOTA ->
                "Expected slots within the quotas of limit '" + limit + "', but too many were taken within their time";
            case KEY -> "Expected free slots for the key on limit '" + limit + "', but it occupies as many as it may";
            case QUEUE -> "Expected to wait for slots of limit '" + limit + "', but as many wait already as may";
            case REPLACED ->
                "Expected to wait for slots of limit '" + limit + "', but a newer request took the position";
            case TIMED_OUT ->
                "Expected free slots on limit '" + limit + "' before the end of the wait, but none came free";
        };
    }
}
