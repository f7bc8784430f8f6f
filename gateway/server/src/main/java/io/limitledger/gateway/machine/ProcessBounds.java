package io.limitledger.gateway.machine;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What {@code serve} needs of its machine before it can start: heap, and files that may be open. With less it would begin, and
 * end in the middle with errors that do not name the cause.
 */
public final class ProcessBounds {
    private static final int BYTES_OF_MEGABYTE = 1_024 * 1_024;

    /** The smallest heap in which it was seen to serve under load; see "Memory and files" in the gateway's page. */
    private static final int LEAST_HEAP_MEGABYTES = 80;

    /** The JVM may report a little less than what -Xmx says: the serial collector leaves out a part that it copies to. */
    private static final double REPORTED_SHARE = 0.9;

    /** What the broker, its clients and HTTP open until the start is over, with some to spare for new segments. */
    private static final int DESCRIPTORS_NEEDED = 200;

    private ProcessBounds() {}

    /**
     * Returns if there is enough.
     *
     * @throws StartException if there is not, naming what to set
     */
    public static void check() {
        checkHeap(Runtime.getRuntime().maxMemory());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            checkDescriptors(system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount());
        }
    }

    static void checkHeap(long mostBytes) {
        if (mostBytes < REPORTED_SHARE * LEAST_HEAP_MEGABYTES * BYTES_OF_MEGABYTE) {
            throw new StartException("The heap is " + mostBytes / BYTES_OF_MEGABYTE + " MB at most; the server needs "
                    + LEAST_HEAP_MEGABYTES + " MB, and more for many leases: start it with java -Xmx512m");
        }
    }

    static void checkDescriptors(long most, long open) {
        if (most - open < DESCRIPTORS_NEEDED) {
            throw new StartException("This process may open " + most + " files (ulimit -n), and has opened " + open
                    + "; the server needs " + DESCRIPTORS_NEEDED + " more: allow 1024, with ulimit -n 1024");
        }
    }
}
