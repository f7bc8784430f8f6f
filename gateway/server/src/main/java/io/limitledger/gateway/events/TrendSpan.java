package io.limitledger.gateway.events;

/** How far back a trend goes, and how finely. */
public enum TrendSpan {
    HOUR(10_000, 360),
    DAY(300_000, 288);

    private final long bucketMillis;
    private final int buckets;

    TrendSpan(long bucketMillis, int buckets) {
        this.bucketMillis = bucketMillis;
        this.buckets = buckets;
    }

    public long bucketMillis() {
        return bucketMillis;
    }

    public int buckets() {
        return buckets;
    }
}
