package io.limitledger.gateway.http.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * File descriptors of this process: how many connections may still be taken, so that enough are left for files and the
 * connections of Kafka. A broker in the same process ends the process when it cannot open a file.
 */
final class FileDescriptors {
    /** Part of all descriptors that is kept free. Files are opened a few at a time, and connections are counted each time. */
    private static final int SHARE_FREE = 8;

    /** What a start opens after HTTP is served: topics, and connections of clients to their brokers. */
    private static final long LEAST_FREE = 48;

    private static final long MOST_FREE = 1_000;

    /** Counting asks the operating system for each open descriptor; this often costs nothing that could be measured. */
    private static final long COUNT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LongSupplier open;
    private final long reserve;
    private final long most;
    private long countedNanos;
    private long spare;
    private int connectionsCounted;
    private boolean isCounted;

    /**
     * The descriptors of a process.
     *
     * @param most as the operating system bounds them
     * @param open how many are open now
     */
    FileDescriptors(long most, LongSupplier open) {
        this.most = most;
        this.open = open;
        this.reserve = Math.max(LEAST_FREE, Math.min(MOST_FREE, most / SHARE_FREE));
    }

    /** Those of this process; without a bound where the operating system reports none. */
    static FileDescriptors ofProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? new FileDescriptors(unix.getMaxFileDescriptorCount(), unix::getOpenFileDescriptorCount)
                : new FileDescriptors(Long.MAX_VALUE, () -> 0);
    }

    /**
     * How many connections there may be in all.
     *
     * @param connections there are now
     */
    synchronized int mostConnections(int connections) {
        long now = System.nanoTime();
        boolean isStale =
                !isCounted || now - countedNanos > COUNT_EVERY_NANOS || connections - connectionsCounted > reserve / 2;
        if (isStale) {
            isCounted = true;
            countedNanos = now;
            connectionsCounted = connections;
            spare = most - reserve - open.getAsLong();
        }
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, connectionsCounted + spare));
    }
}
