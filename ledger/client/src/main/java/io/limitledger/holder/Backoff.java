package io.limitledger.holder;

/** How long to pause before the next try: soon at first, since most failures are short, then ever longer. */
final class Backoff {
    static final long SHORTEST_MILLIS = 100;
    static final long LONGEST_MILLIS = 1_000;

    private final long longestMillis;
    private long nextMillis = SHORTEST_MILLIS;

    Backoff() {
        this(LONGEST_MILLIS);
    }

    Backoff(long longestMillis) {
        this.longestMillis = longestMillis;
    }

    long nextMillis() {
        long pauseMillis = nextMillis;
        nextMillis = Math.min(2 * nextMillis, longestMillis);
        return pauseMillis;
    }

    void reset() {
        nextMillis = SHORTEST_MILLIS;
    }
}
