package io.limitledger.gateway.bench;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Definition;
import io.limitledger.wire.LeaseIds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A limit with a queue that stays as long as it is: who comes leaves again, and who is served is replaced. All who wait
 * are this one's.
 */
final class WaitingQueue {
    private static final long LEASE_MILLIS = Bounds.LONGEST_WAIT_MILLIS;

    /** Who comes faster than the ledger decides is not answered in time. */
    private static final int AT_A_TIME = 100;

    private static final long PATIENCE_SECONDS = 60;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final KafkaSubject ledger;
    private final String name;
    private final long slotsEach;
    private final Deque<Place> places = new ArrayDeque<>();

    private record Place(UUID leaseId, CompletableFuture<Reply> granted) {}

    private WaitingQueue(KafkaSubject ledger, String name, long slotsEach) {
        this.ledger = ledger;
        this.name = name;
        this.slotsEach = slotsEach;
    }

    /**
     * Makes one hold and the others wait. All slots are taken, so that on a limit with decay the last one starts when all
     * of them have drained once.
     *
     * @param length how many wait; the limit's slots are divided among them
     */
    static WaitingQueue form(KafkaSubject ledger, PutLimit limit, int length) {
        Definition definition = limit.definition();
        WaitingQueue line = new WaitingQueue(ledger, limit.limit(), definition.limit() / length);
        long others = definition.limit() - line.slotsEach;
        if (others > 0) {
            ledger.ask(line.acquire(LeaseIds.newFor(line.name), others)).join();
        }
        line.join();
        while (line.places.size() <= length) {
            line.join();
            if (line.places.size() % AT_A_TIME == 0) {
                line.joinAndLeave();
            }
        }
        line.joinAndLeave();
        return line;
    }

    /** An operation is an acquire that goes to the end of the queue, and its cancel. */
    Figures joiningAndLeaving(Duration duration) {
        return measure(duration, this::joinAndLeave);
    }

    /** An operation is a release, and takes until the next has the grant. Then another one joins the queue. */
    Figures handingOver(Duration duration) {
        return measure(duration, this::handOver);
    }

    private static Figures measure(Duration duration, Runnable operation) {
        Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
        Stopwatch stopwatch = new Stopwatch();
        while (stopwatch.nanos() < duration.toNanos()) {
            long startedNanos = System.nanoTime();
            operation.run();
            latencies.recordValue(System.nanoTime() - startedNanos);
        }
        return Figures.of(latencies, stopwatch);
    }

    private void joinAndLeave() {
        UUID leaseId = LeaseIds.newFor(name);
        CompletableFuture<Reply> waiting = ledger.ask(acquire(leaseId, slotsEach));
        CompletableFuture<Reply> cancelled = ledger.ask(new CancelAcquire(name, leaseId));
        CompletableFuture.allOf(waiting, cancelled)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private void handOver() {
        CompletableFuture<Reply> released =
                ledger.ask(new ReleaseLease(name, places.removeFirst().leaseId()));
        CompletableFuture<Reply> next = places.getFirst().granted();
        join();
        CompletableFuture.allOf(released, next)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private void join() {
        UUID leaseId = LeaseIds.newFor(name);
        places.addLast(new Place(leaseId, ledger.ask(acquire(leaseId, slotsEach))));
    }

    private AcquireLease acquire(UUID leaseId, long slots) {
        return new AcquireLease(name, leaseId, slots, LEASE_MILLIS, Bounds.LONGEST_WAIT_MILLIS, null, List.of());
    }
}
