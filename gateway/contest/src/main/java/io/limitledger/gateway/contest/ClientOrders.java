package io.limitledger.gateway.contest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** The orders that a client process obeys. Threads are blocked by their calls, as those of a service would be. */
final class ClientOrders {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration LONG_LEASE = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int HOT_SLOTS = 10_000;
    private static final int MANY_SLOTS = 100_000;
    private static final long WORK_MILLIS = 5;
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Peer peer;

    ClientOrders(Peer peer) {
        this.peer = peer;
    }

    Answer obey(List<String> order) throws Exception {
        return switch (order.get(0)) {
            case "create" -> create();
            case "cycles" -> loop(order, () -> acquireNow("contest-hot").close());
            case "spends" -> loop(order, () -> peer.spend("contest-rate"));
            case "hand-over" -> handOver(Integer.parseInt(order.get(1)), ClientMain.seconds(order.get(2)));
            case "limit" -> {
                peer.createLimit(order.get(1), Integer.parseInt(order.get(2)));
                yield Answer.none();
            }
            case "acquire" -> {
                var unused = peer.acquire(order.get(1), PATIENCE, ClientMain.seconds(order.get(2)));
                yield Answer.none();
            }
            case "pile" -> pile(order.get(1), Integer.parseInt(order.get(2)), ClientMain.seconds(order.get(3)));
            case "held" -> Answer.none().with("held", peer.held(order.get(1)));
            default -> throw new IllegalArgumentException("No such order: " + order);
        };
    }

    private Answer create() throws Exception {
        peer.createLimit("contest-hot", HOT_SLOTS);
        peer.createLimit("contest-one", 1);
        peer.createRate("contest-rate");
        return Answer.none();
    }

    private AutoCloseable acquireNow(String limit) throws Exception {
        return peer.acquire(limit, Duration.ZERO, LEASE);
    }

    /** What a thread does over and over. */
    private interface Step {
        void run() throws Exception;
    }

    private Answer loop(List<String> order, Step step) throws Exception {
        int threads = Integer.parseInt(order.get(1));
        Duration duration = ClientMain.seconds(order.get(2));
        Histogram nanos = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
        long startedNanos = System.nanoTime();
        long endNanos = startedNanos + duration.toNanos();
        all(threads, () -> {
            long begunNanos = System.nanoTime();
            do {
                step.run();
                long doneNanos = System.nanoTime();
                nanos.recordValue(doneNanos - begunNanos);
                begunNanos = doneNanos;
            } while (begunNanos < endNanos);
            return 0L;
        });
        return answer(nanos, System.nanoTime() - startedNanos);
    }

    private static Answer answer(Histogram nanos, long elapsedNanos) {
        return Answer.none()
                .with("operations", nanos.getTotalCount())
                .with("perSecond", nanos.getTotalCount() * NANOS_PER_SECOND / elapsedNanos)
                .with("p50", nanos.getValueAtPercentile(50) / NANOS_PER_MILLI)
                .with("p99", nanos.getValueAtPercentile(99) / NANOS_PER_MILLI);
    }

    private static List<Long> all(int threads, Callable<Long> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Long>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(pool.submit(task));
            }
            List<Long> results = new ArrayList<>();
            for (Future<Long> result : running) {
                results.add(result.get());
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }

    /** One slot, which each thread waits for, keeps for some milliseconds, and releases. */
    private Answer handOver(int threads, Duration duration) throws Exception {
        Histogram gaps = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
        AtomicLong releasedNanos = new AtomicLong();
        AtomicLong longestWaitNanos = new AtomicLong();
        long startedNanos = System.nanoTime();
        long endNanos = startedNanos + duration.toNanos();
        List<Long> grants = all(threads, () -> {
            long granted = 0;
            do {
                long askedNanos = System.nanoTime();
                try (AutoCloseable held = peer.acquire("contest-one", PATIENCE, LEASE)) {
                    long takenNanos = System.nanoTime();
                    longestWaitNanos.accumulateAndGet(takenNanos - askedNanos, Math::max);
                    long released = releasedNanos.get();
                    if (released != 0 && takenNanos < endNanos) {
                        gaps.recordValue(Math.max(0, takenNanos - released));
                    }
                    granted++;
                    TimeUnit.MILLISECONDS.sleep(WORK_MILLIS);
                    releasedNanos.set(System.nanoTime());
                }
            } while (System.nanoTime() < endNanos);
            return granted;
        });
        return answer(gaps, System.nanoTime() - startedNanos)
                .with("longestWait", longestWaitNanos.get() / NANOS_PER_SECOND)
                .with("fewest", grants.stream().mapToLong(Long::longValue).min().orElseThrow())
                .with("most", grants.stream().mapToLong(Long::longValue).max().orElseThrow());
    }

    /** Acquires and keeps what it gets, through failures, until time is up. */
    private Answer pile(String limit, int threads, Duration duration) throws Exception {
        peer.createLimit(limit, MANY_SLOTS);
        AtomicLong grantedNanos = new AtomicLong(System.nanoTime());
        AtomicLong longestGapNanos = new AtomicLong();
        long endNanos = System.nanoTime() + duration.toNanos();
        long acknowledged = all(threads, () -> {
                    long granted = 0;
                    while (System.nanoTime() < endNanos) {
                        if (acquires(limit)) {
                            granted++;
                            long now = System.nanoTime();
                            longestGapNanos.accumulateAndGet(now - grantedNanos.getAndSet(now), Math::max);
                        }
                    }
                    return granted;
                })
                .stream()
                .mapToLong(Long::longValue)
                .sum();
        // A server that had not come back by then.
        longestGapNanos.accumulateAndGet(endNanos - grantedNanos.get(), Math::max);
        return Answer.none()
                .with("acknowledged", acknowledged)
                .with("outage", longestGapNanos.get() / NANOS_PER_SECOND);
    }

    private boolean acquires(String limit) throws InterruptedException {
        try {
            var unused = peer.acquire(limit, Duration.ZERO, LONG_LEASE);
            return true;
        } catch (Exception e) {
            // The server is away. A pause, so that a client that fails at once does not take the processor from its
            // start.
            TimeUnit.MILLISECONDS.sleep(WORK_MILLIS);
            return false;
        }
    }
}
