package io.limitledger.topology;

import io.limitledger.timer.Timer;
import java.util.function.LongSupplier;

/**
 * Notices when this machine's clock steps back. A Kafka consumer goes by that clock, and its timers never run backwards: it
 * would stay in its poll, and send its group no heartbeat, until the clock has come back to where it was. Such a consumer has to
 * be replaced.
 */
final class ClockWatch {
    private static final long LOOK_EVERY_MILLIS = 100;

    /** A consumer tolerates what is well below the session of its group. */
    private static final long SHORTEST_STEP_MILLIS = 500;

    private final Timer timer;
    private final LongSupplier clock;
    private final Runnable stepped;
    private long aheadMillis;
    private volatile int steps;

    /**
     * Begins to watch.
     *
     * @param timer goes only forward
     * @param clock of the machine, epoch milliseconds
     * @param stepped called after each step, when {@link #steps} counts it
     */
    ClockWatch(Timer timer, LongSupplier clock, Runnable stepped) {
        this.timer = timer;
        this.clock = clock;
        this.stepped = stepped;
        this.aheadMillis = clock.getAsLong() - timer.nowMillis();
        lookLater();
    }

    /** How often it has stepped back. */
    int steps() {
        return steps;
    }

    private void lookLater() {
        Runnable unused = timer.in(LOOK_EVERY_MILLIS, this::look);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Written by the timer's thread only.
    private void look() {
        lookLater();
        long startedMillis = timer.nowMillis();
        long clockMillis = clock.getAsLong();
        if (timer.nowMillis() - startedMillis >= LOOK_EVERY_MILLIS) {
            // The process was paused between the two clocks, so they cannot be compared.
            return;
        }
        long before = aheadMillis;
        aheadMillis = clockMillis - startedMillis;
        if (before - aheadMillis >= SHORTEST_STEP_MILLIS) {
            steps++;
            stepped.run();
        }
    }
}
