package io.limitledger.topology;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/**
 * A clock for Kafka Streams that only goes forward: the machine's time when it was started, and what has passed since. By the
 * machine's own clock Streams would neither commit nor call a timer until it has come back to where it was.
 */
final class SteadyTime implements Time {
    private final long startedMillis = System.currentTimeMillis();
    private final long startedNanos = System.nanoTime();

    @Override
    public long milliseconds() {
        return startedMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    }

    @Override
    public long nanoseconds() {
        return System.nanoTime();
    }

    @Override
    public void sleep(long millis) {
        Time.SYSTEM.sleep(millis);
    }

    /** Until the deadline by this clock. */
    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMillis)
            throws InterruptedException {
        Time.SYSTEM.waitObject(object, condition, deadlineMillis - milliseconds() + Time.SYSTEM.milliseconds());
    }
}
