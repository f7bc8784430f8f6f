package io.limitledger.core.state;

/**
 * A number that is higher than that of every earlier grant of the same limit name. It follows from the offset of the command, so
 * it grows across restarts, and even where state was lost; only of limits that came from another partition, with its offsets,
 * must be remembered how far they had come.
 */
public final class Fence {
    /** More than are granted in one decision: {@link Bounds#WAITERS_PER_LIMIT}, and the command's own. */
    private static final long PER_OFFSET = 32_768;

    private Fence() {}

    /** The next one of a limit. */
    public static long after(long last, long offset) {
        return Math.max(last, offset * PER_OFFSET) + 1;
    }

    /** Whether grants of later commands than this one would not be higher by themselves. */
    public static boolean isAheadOf(long offset, long fence) {
        return fence >= (offset + 1) * PER_OFFSET;
    }
}
