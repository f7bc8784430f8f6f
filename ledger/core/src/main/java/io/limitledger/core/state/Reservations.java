package io.limitledger.core.state;

import java.util.List;

/**
 * What a limit with decay has promised to the waiters in its queue: what will be occupied once the last of them has started.
 * Carried forward from promise to promise, so that the next one costs the same however long the queue is.
 *
 * <p>Starts fall on whole milliseconds, and a bucket that runs dry before such a start loses the rest of the
 * millisecond. So what comes back before its time moves everything behind it earlier by the whole milliseconds in it, and
 * perhaps by more; only these are counted on, and no promise is ever too early. Nor is one late by more than a
 * millisecond for each waiter: its bound is what is in the queue.
 *
 * @param levelMicros micro-slots that will be occupied then, before {@code carryPicos} is taken off
 * @param carryPicos as of a {@link Bucket}
 * @param at epoch milliseconds of that time
 * @param slots of all waiters in the queue
 * @param windows what will count against the limit's quotas then
 */
public record Reservations(long levelMicros, long carryPicos, long at, long slots, List<Window> windows) {
    private static final long MICROS_TO_NANOS = 1_000;
    private static final long SECONDS_TO_MILLIS = 1_000;

    /** The most that can be computed with in nano-slots. */
    private static final long MOST_SLOTS = 2 * Bounds.SLOTS;

    public Reservations {
        windows = windows == null ? List.of() : List.copyOf(windows);
    }

    /** Of a limit without quotas. */
    public Reservations(long levelMicros, long carryPicos, long at, long slots) {
        this(levelMicros, carryPicos, at, slots, List.of());
    }

    /** Nothing promised yet. */
    public static Reservations none(Bucket settled, Windows windows) {
        return after(settled, 0, windows.all());
    }

    /**
     * When the next request can start, in epoch milliseconds.
     *
     * @param now what is occupied now
     * @param waiting how many are in the queue
     * @param aheadMillis by how much the partition's time is ahead of the broker's clock
     */
    public long startFor(long slots, Definition definition, Bucket now, long waiting, long aheadMillis) {
        if (definition.quotas().isEmpty()) {
            return startByDecay(slots, definition, now, waiting);
        }
        long decay = definition.decayNanosPerSecond();
        long byDecay = bucket().settledAt(now.settledAt(), decay).fitsAt(slots, definition.limit(), decay);
        long byQuotas = new Windows(windows, 0).fitsAt(slots, definition.quotas(), aheadMillis);
        return Math.max(Math.max(at, now.settledAt()), Math.max(byDecay, byQuotas));
    }

    private long startByDecay(long slots, Definition definition, Bucket now, long waiting) {
        long decay = definition.decayNanosPerSecond();
        long limit = definition.limit();
        Bucket then = bucket().settledAt(now.settledAt(), decay);
        long afterTheLast = then.settledAt() + then.millisUntilFits(slots, limit, decay);
        if (this.slots > MOST_SLOTS) {
            return afterTheLast;
        }
        long latest = now.settledAt() + now.millisUntilFits(this.slots + slots, limit, decay) + waiting;
        return Math.min(afterTheLast, latest);
    }

    /** With one more request that has been promised to start then. */
    public Reservations with(long slots, Definition definition, long startsAt, long aheadMillis) {
        Bucket then =
                bucket().settledAt(startsAt, definition.decayNanosPerSecond()).withLeased(slots);
        long most = definition.limit() * Bucket.MICROS;
        List<Window> charged = windows(slots, definition, new Windows.Now(startsAt, aheadMillis));
        // Where a request starts, no more than the limit is occupied.
        return then.levelMicros() > most
                ? new Reservations(most, 0, startsAt, this.slots + slots, charged)
                : after(then, this.slots + slots, charged);
    }

    private List<Window> windows(long slots, Definition definition, Windows.Now at) {
        if (definition.quotas().isEmpty()) {
            return List.of();
        }
        return new Windows(windows, 0)
                .with(Windows.taking(slots, definition.quotas(), 0, at), definition.quotas(), at)
                .all();
    }

    /** After something came back before it had decayed. */
    public Reservations givenBack(long micros, Definition definition) {
        long decay = definition.decayNanosPerSecond();
        if (!definition.quotas().isEmpty() || decay == 0) {
            return this;
        }
        long nanos = micros * MICROS_TO_NANOS;
        long millis = nanos / decay * SECONDS_TO_MILLIS + nanos % decay * SECONDS_TO_MILLIS / decay;
        return new Reservations(levelMicros, carryPicos, at - millis, slots, windows);
    }

    /** Without a waiter that has left the queue, with slots or without. */
    public Reservations without(Waiter waiter) {
        return new Reservations(
                levelMicros, carryPicos, at, slots - waiter.claim().needed(), windows);
    }

    /** The same by another clock. */
    Reservations laterBy(long millis, Definition definition) {
        List<Window> later =
                new Windows(windows, 0).laterBy(millis, definition.quotas()).all();
        return new Reservations(levelMicros, carryPicos, at + millis, slots, later);
    }

    private static Reservations after(Bucket bucket, long slots, List<Window> windows) {
        return new Reservations(bucket.levelMicros(), bucket.carryPicos(), bucket.settledAt(), slots, windows);
    }

    private Bucket bucket() {
        return new Bucket(levelMicros, 0, carryPicos, 0, at);
    }
}
