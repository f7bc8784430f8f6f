package io.limitledger.gateway.http.server;

import java.util.concurrent.atomic.AtomicInteger;

/** How a client uses its connection, for those who decide which connections may stay. */
final class ConnectionUse {
    /** With HTTP/2 there may be several. */
    private final AtomicInteger waiting = new AtomicInteger();

    private volatile long usedNanos = System.nanoTime();
    private volatile int servedInARow;

    void begin() {
        waiting.incrementAndGet();
        usedNanos = System.nanoTime();
    }

    void answered() {
        waiting.updateAndGet(count -> Math.max(0, count - 1));
        usedNanos = System.nanoTime();
    }

    boolean isBusy() {
        return waiting.get() > 0;
    }

    long silentNanos() {
        return System.nanoTime() - usedNanos;
    }

    /** The server has read all that was there. */
    void isAwaited() {
        servedInARow = 0;
    }

    boolean isGreedy() {
        int before = servedInARow;
        servedInARow = before + 1;
        return before > 0;
    }
}
