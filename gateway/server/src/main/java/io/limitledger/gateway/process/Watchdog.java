package io.limitledger.gateway.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a part of the process again that is stuck. It tries one remedy after the other, the mildest first, each time that
 * nothing has moved for a while. Used by one thread.
 */
final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    /**
     * Above what a healthy ledger waits for, even one after the other: a group that waits for a member that is gone (20 s),
     * and a transaction that must time out (10 s) and be noticed (10 s on brokers with Kafka's defaults).
     */
    static final Duration PATIENCE = Duration.ofSeconds(45);

    private final List<Remedy> remedies;
    private final LongSupplier nanoTime;
    private long movedNanos;
    private int tried;

    /**
     * Something that may help.
     *
     * @param what as in "the ledger is started again"
     * @param act returns whether it could be done
     */
    record Remedy(String what, Callable<Boolean> act) {}

    Watchdog(List<Remedy> remedies, LongSupplier nanoTime) {
        this.remedies = List.copyOf(remedies);
        this.nanoTime = nanoTime;
        this.movedNanos = nanoTime.getAsLong();
    }

    /** All is well: nothing waits, or something was decided. If it gets stuck again, the mildest remedy comes first again. */
    void works() {
        tried = 0;
        moves();
    }

    /** It is on its way, which takes as long as it takes. */
    void moves() {
        movedNanos = nanoTime.getAsLong();
    }

    /**
     * Nothing has changed since the last look.
     *
     * @param words what the ledger is doing, for the log
     */
    void standsStill(String words) {
        long stuckNanos = nanoTime.getAsLong() - movedNanos;
        if (stuckNanos < PATIENCE.toNanos()) {
            return;
        }
        boolean done = false;
        while (!done && tried < remedies.size()) {
            Remedy remedy = remedies.get(tried++);
            LOG.error("Nothing has been decided for {} s ({}): {}", stuckNanos / 1_000_000_000, words, remedy.what());
            done = act(remedy);
        }
        moves();
    }

    private static boolean act(Remedy remedy) {
        try {
            return remedy.act().call();
        } catch (Exception e) {
            LOG.error("That failed", e);
            return false;
        }
    }
}
