package io.limitledger.core.reply;

import java.util.UUID;

/**
 * The acquire was in order, but the slots are not free.
 *
 * @param retryAfterMillis exact on a limit with decay; otherwise the time to the next lease's end, at most 30 s, since
 *     holders seldom keep a lease to its end
 */
public record Denied(String limit, UUID leaseId, Reason reason, long retryAfterMillis) implements Reply {
    /** Why not, in order of precedence. */
    public enum Reason {
        /** The limit is 0. */
        PAUSED,
        /** Too much is occupied, or others are in the queue. */
        FULL,
        /** It waited as long as it was willing to. */
        TIMED_OUT
    }

    /** The reason in words. */
    public String message() {
        return switch (reason) {
            case PAUSED -> "Expected to acquire slots of limit '" + limit + "', but it is paused: its limit is 0";
            case FULL -> "Expected free slots on limit '" + limit + "', but they are occupied, or others wait for them";
            case TIMED_OUT ->
                "Expected free slots on limit '" + limit + "' before the end of the wait, but none came free";
        };
    }
}
