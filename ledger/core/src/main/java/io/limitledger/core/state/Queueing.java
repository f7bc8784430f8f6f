package io.limitledger.core.state;

import org.jspecify.annotations.Nullable;

/**
 * In which order those who wait are served, and how many may wait.
 *
 * @param maxWaiting the most in the queue; null for {@link Bounds#WAITERS_PER_LIMIT}
 * @param whenFull what happens to an acquire when as many wait as may
 */
public record Queueing(Order order, @Nullable Long maxWaiting, WhenFull whenFull) {
    public static final Queueing DEFAULT = new Queueing(Order.FIFO, null, WhenFull.REFUSE);

    public Queueing {
        order = order == null ? Order.FIFO : order;
        whenFull = whenFull == null ? WhenFull.REFUSE : whenFull;
    }

    public boolean replacesOldest() {
        return whenFull == WhenFull.REPLACE_OLDEST;
    }

    /** Who is next of those that could be served. */
    public enum Order {
        /** First come, first served. */
        FIFO,
        /** The key that occupies the fewest slots; among equals, the one that has been served least. */
        FAIR
    }

    /** What happens when the queue is full. */
    public enum WhenFull {
        /** The newcomer is denied. */
        REFUSE,
        /** The waiter that came first is denied, and makes room: the newest wins. */
        REPLACE_OLDEST
    }
}
