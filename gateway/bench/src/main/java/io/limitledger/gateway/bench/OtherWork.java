package io.limitledger.gateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What the machine's processors do for others while something is measured here. Known on Linux; elsewhere none is seen. */
final class OtherWork {
    private static final Path PROCESSORS = Path.of("/proc/stat");
    private static final int IDLE = 3;
    private static final int WAITING_FOR_DISKS = 4;

    /** What follows is counted in the first ones already. */
    private static final int FIELDS = 8;

    private final Stopwatch stopwatch = new Stopwatch();
    private final Ticks before = Ticks.now();

    /** The share of all processors' time since then that other processes, and other machines on the same host, had; 0 to 1. */
    double share() {
        Ticks now = Ticks.now();
        long all = now.all() - before.all();
        if (all <= 0) {
            return 0;
        }
        double busy = (double) (now.busy() - before.busy()) / all;
        double own = (double) stopwatch.cpuNanos()
                / stopwatch.nanos()
                / Runtime.getRuntime().availableProcessors();
        return Math.max(0, Math.min(1, busy - own));
    }

    /** Since the start of the machine, in units of the system. */
    record Ticks(long busy, long all) {
        static Ticks now() {
            try {
                return of(Files.readAllLines(PROCESSORS).get(0));
            } catch (IOException e) {
                return new Ticks(0, 0);
            }
        }

        /** From the line of all processors together. */
        static Ticks of(String line) {
            long[] fields = Arrays.stream(line.replaceFirst("^cpu +", "").split(" ", -1))
                    .limit(FIELDS)
                    .mapToLong(Long::parseLong)
                    .toArray();
            long all = Arrays.stream(fields).sum();
            return new Ticks(all - fields[IDLE] - fields[WAITING_FOR_DISKS], all);
        }
    }
}
