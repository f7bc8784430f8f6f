package io.limitledger.gateway.memory;

import java.util.concurrent.TimeUnit;

/**
 * A heap that stays full: for some seconds the JVM does nearly nothing but collect garbage, and finds next to none. G1 throws
 * no error as long as each thread that wants memory finds that another one has just collected, so this can go on for ever.
 *
 * <p>Looking allocates nothing, so it works when nothing else does. Not safe for use by several threads.
 */
final class StuckHeap {
    /** Long enough to rule out a burst; the parallel collector's own rule, 98 % over five collections, takes about as long. */
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Part of that time in collections. With less the process is slow, but gets on. */
    private static final double MOST_COLLECTING = 0.9;

    /**
     * Part of the heap; collections that find more than this are worth their time. In a small heap some of it cannot be used:
     * G1 keeps 2 MB of 32 free.
     */
    private static final double LEAST_FREE = 0.1;

    private final long mostBytes;
    private boolean isFull;
    private long fullSinceNanos;
    private long collectedMillisBefore;

    /** @param mostBytes the size that the heap may grow to */
    StuckHeap(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * Whether it has been stuck until now. To be asked several times a second.
     *
     * @param nowNanos from a clock that only goes forward
     * @param usedBytes of the heap, garbage included
     * @param collectedMillis time that collections have taken since the start of the process
     */
    boolean isStuck(long nowNanos, long usedBytes, long collectedMillis) {
        boolean isFullNow = mostBytes - usedBytes < LEAST_FREE * mostBytes;
        if (!isFull || !isFullNow) {
            isFull = isFullNow;
            begin(nowNanos, collectedMillis);
            return false;
        }
        long elapsedNanos = nowNanos - fullSinceNanos;
        if (elapsedNanos < WINDOW_NANOS) {
            return false;
        }
        double collecting =
                (double) TimeUnit.MILLISECONDS.toNanos(collectedMillis - collectedMillisBefore) / elapsedNanos;
        begin(nowNanos, collectedMillis);
        return collecting >= MOST_COLLECTING;
    }

    private void begin(long nowNanos, long collectedMillis) {
        fullSinceNanos = nowNanos;
        collectedMillisBefore = collectedMillis;
    }
}
