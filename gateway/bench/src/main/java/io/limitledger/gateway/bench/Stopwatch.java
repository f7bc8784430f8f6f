package io.limitledger.gateway.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How long a measurement has taken, by the clock and in work of this process on all cores. */
final class Stopwatch {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long startedNanos = System.nanoTime();
    private final long startedCpuNanos = SYSTEM.getProcessCpuTime();

    /** In the terms of {@link System#nanoTime()}. */
    long startedNanos() {
        return startedNanos;
    }

    long nanos() {
        return System.nanoTime() - startedNanos;
    }

    long cpuNanos() {
        return SYSTEM.getProcessCpuTime() - startedCpuNanos;
    }
}
