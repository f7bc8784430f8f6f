package io.limitledger.core.state;

/**
 * What a limit with decay has promised to those in its queue: its bucket as it will be once the last of them has started.
 * Carried forward from promise to promise, so that the next one costs the same however long the queue is.
 *
 * <p>Whatever comes back before its time lets all of them start earlier. Starts fall on whole milliseconds, so a
 * promise moves by whole milliseconds only, and what is left over is kept until it makes one. Reckoned so, a promise
 * is late by less than a millisecond and never too early: where a start is rounded up to a millisecond, one that could
 * be {@code y} milliseconds earlier is rounded up to one that is at least {@code floor(y)} earlier.
 *
 * @param bucket of which only the level and its time count
 * @param restMicros micro-slots that came back and have moved nothing yet; less than drains in a millisecond
 */
public record Reservations(Bucket bucket, long restMicros) {
    private static final long MICROS_TO_NANOS = 1_000;
    private static final long SECONDS_TO_MILLIS = 1_000;

    /** Nothing promised yet. */
    public static Reservations none(Bucket settled) {
        return new Reservations(settled, 0);
    }

    /** When the next request can start, in epoch milliseconds. */
    public long startFor(long slots, Definition definition, long now) {
        Bucket then = bucket.settledAt(now, definition.decayNanosPerSecond());
        return then.settledAt() + then.millisUntilFits(slots, definition.limit(), definition.decayNanosPerSecond());
    }

    /** With one more request that has been promised to start then. */
    public Reservations with(long slots, Definition definition, long startsAt) {
        Bucket then = bucket.settledAt(startsAt, definition.decayNanosPerSecond());
        return new Reservations(then.withLeased(slots), restMicros);
    }

    /** After something came back before it had decayed. */
    public Reservations givenBack(long micros, Definition definition) {
        long decay = definition.decayNanosPerSecond();
        long nanos = (restMicros + micros) * MICROS_TO_NANOS;
        long millis = nanos % decay * SECONDS_TO_MILLIS / decay;
        long movedNanos = -Math.floorDiv(-millis * decay, SECONDS_TO_MILLIS);
        long restNanos = nanos % decay - movedNanos;
        return new Reservations(
                bucket.earlier(nanos / decay * SECONDS_TO_MILLIS + millis), restNanos / MICROS_TO_NANOS);
    }
}
