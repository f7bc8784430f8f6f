package io.limitledger.timer;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets the first of many like events pass, then one a minute, and counts those between. Safe for use by many threads. */
public final class Throttle {
    /** Returned instead of a count by what does not pass. */
    public static final long HELD_BACK = -1;

    /** Often enough to be seen by someone who looks now, seldom enough to fill no disk. */
    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private boolean hasPassed;
    private long passedNanos;
    private long held;

    public Throttle() {
        this(System::nanoTime);
    }

    /** With a time of its own, for tests. */
    public Throttle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How many were held back since the last one that passed; {@link #HELD_BACK} if this one is as well. */
    public synchronized long pass() {
        long now = nanoTime.getAsLong();
        if (hasPassed && now - passedNanos < INTERVAL_NANOS) {
            held++;
            return HELD_BACK;
        }
        long heldSince = held;
        hasPassed = true;
        passedNanos = now;
        held = 0;
        return heldSince;
    }
}
