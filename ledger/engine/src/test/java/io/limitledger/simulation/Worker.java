package io.limitledger.simulation;

import io.limitledger.holder.SimulatedHolder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A process that acquires, holds for a while, releases, and repeats this until it dies. */
final class Worker {
    private static final String[] LIMITS = {
        Simulation.CONCURRENCY,
        Simulation.CONCURRENCY,
        Simulation.RATE,
        Simulation.MIXED.get(0),
        Simulation.MIXED.get(1)
    };
    private static final int SEVERAL_ONE_IN = 4;
    private static final long[] LEASES = {2_000, 10_000, 30_000, 60_000};
    private static final long[] WAITS = {0, 1_000, 5_000, 20_000};
    private static final int LONGEST_PAUSE_MILLIS = 5_000;
    private static final int LONGEST_USE_MILLIS = 15_000;

    /**
     * Milliseconds beyond the wait time: two answers that do not come over HTTP, and a renewal sent to all partitions.
     */
    private static final long LONGEST_OVERTIME_MILLIS = 50_000;

    private static final long SHORTEST_TIMEOUT_MILLIS = 5_000;

    private final Host host;
    private final Random random;
    private final SimulatedHolder holder;
    private boolean isStopped;
    private String asked = "0 ms for nothing";
    private long mustEndAtMillis = Long.MAX_VALUE;

    Worker(Host host, Random random, SimulatedHolder holder) {
        this.host = host;
        this.random = random;
        this.holder = holder;
    }

    void start() {
        host.in(random.nextInt(LONGEST_PAUSE_MILLIS), this::acquire);
    }

    private void acquire() {
        if (isStopped) {
            return;
        }
        List<String> limits =
                random.nextInt(SEVERAL_ONE_IN) == 0 ? several() : List.of(LIMITS[random.nextInt(LIMITS.length)]);
        long leaseMillis = limits.contains(Simulation.RATE) ? 0 : LEASES[random.nextInt(LEASES.length)];
        long waitMillis = WAITS[random.nextInt(WAITS.length)];
        asked = waitMillis + " ms for " + limits;
        mustEndAtMillis = host.nowMillis() + Math.max(waitMillis, SHORTEST_TIMEOUT_MILLIS) + LONGEST_OVERTIME_MILLIS;
        holder.acquire(limits, 1 + random.nextInt(2), leaseMillis, waitMillis, this::ended);
    }

    private List<String> several() {
        List<String> limits = new ArrayList<>(Simulation.MIXED.subList(0, 2));
        limits.add(Simulation.CONCURRENCY);
        Collections.shuffle(limits, random);
        return limits.subList(0, 2 + random.nextInt(2)).stream().sorted().toList();
    }

    private void ended(@Nullable Runnable release) {
        mustEndAtMillis = Long.MAX_VALUE;
        if (release == null) {
            start();
        } else {
            host.in(random.nextInt(LONGEST_USE_MILLIS), () -> {
                release.run();
                start();
            });
        }
    }

    boolean believesItHolds(UUID leaseId) {
        return holder.believesItHolds(leaseId);
    }

    /** Whether its acquire has taken longer than it ever should. */
    boolean isOverdue() {
        return host.nowMillis() > mustEndAtMillis;
    }

    @Override
    public String toString() {
        return "a worker that waits up to " + asked;
    }

    /** Acquires no more. */
    void stop() {
        isStopped = true;
    }
}
