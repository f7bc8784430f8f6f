package io.limitledger.core.state;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What is occupied on a limit: a leaky bucket that is exact to a millionth of a slot.
 *
 * <p>Slots go in when they are granted, drain at the limit's decay, and come out when they are given back. All numbers
 * are integers and the fraction of a micro-slot that has drained is carried on, so that settling at t1 and then at t2
 * gives the same as settling at t2. On a limit without decay nothing drains and the level is simply the sum of what is
 * held.
 *
 * <p>{@code drainedMicros} counts all that has ever drained. A lease notes it when it starts; so what has decayed of the
 * lease's own slots is known without touching the lease, also across changes of the rate. Each lease is taken to
 * drain at the full rate from its start. The bucket as a whole drains no faster, hence it always holds at least what
 * all leases together may still give back, and giving back can never free what another holds.
 *
 * @param levelMicros occupied micro-slots, before {@code carryPicos} is taken off
 * @param drainedMicros micro-slots drained since the limit was made; only differences of it matter
 * @param carryPicos pico-slots (0 to 999,999) that have drained but do not make up a whole micro-slot yet
 * @param unleasedMicros part of the level that no lease owns: it drains, or stays until it is given back by number
 * @param settledAt epoch milliseconds up to which the drain is computed
 */
public record Bucket(long levelMicros, long drainedMicros, long carryPicos, long unleasedMicros, long settledAt) {
    /** Micro-slots in a slot. */
    public static final long MICROS = 1_000_000;

    private static final BigDecimal NANOS_PER_SLOT = BigDecimal.valueOf(1_000_000_000);
    private static final long PICOS_PER_MICRO = 1_000_000;
    private static final long MICROS_TO_NANOS = 1_000;

    /** About 31,700 years: used for all that is longer, because it can be added to any time. */
    private static final long AGES_SECONDS = 1_000_000_000_000L;

    /** A decay in slots per second, in nano-slots per second. */
    static long nanosPerSecond(double slotsPerSecond) {
        return BigDecimal.valueOf(slotsPerSecond)
                .multiply(NANOS_PER_SLOT)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    public static Bucket empty(long at) {
        return new Bucket(0, 0, 0, 0, at);
    }

    /** This bucket at a later time. A time before {@code settledAt} changes nothing. */
    public Bucket settledAt(long now, long decayNanosPerSecond) {
        long elapsedMillis = now - settledAt;
        if (elapsedMillis <= 0) {
            return this;
        }
        if (levelMicros == 0 || decayNanosPerSecond == 0) {
            return new Bucket(levelMicros, drainedMicros, carryPicos, unleasedMicros, now);
        }
        long seconds = elapsedMillis / 1_000;
        if (seconds > levelMicros * MICROS_TO_NANOS / decayNanosPerSecond) {
            return drainedDry(now);
        }
        long nanos = seconds * decayNanosPerSecond;
        // A nano-slot per second is a pico-slot per millisecond.
        long picos = (nanos % MICROS_TO_NANOS) * 1_000 + (elapsedMillis % 1_000) * decayNanosPerSecond + carryPicos;
        long micros = nanos / MICROS_TO_NANOS + picos / PICOS_PER_MICRO;
        if (micros >= levelMicros) {
            return drainedDry(now);
        }
        return new Bucket(
                levelMicros - micros,
                drainedMicros + micros,
                picos % PICOS_PER_MICRO,
                Math.max(0, unleasedMicros - micros),
                now);
    }

    /** The same by another clock. */
    Bucket laterBy(long millis) {
        return new Bucket(levelMicros, drainedMicros, carryPicos, unleasedMicros, settledAt + millis);
    }

    private Bucket drainedDry(long now) {
        return new Bucket(0, drainedMicros + levelMicros, 0, 0, now);
    }

    public boolean fits(long slots, long limit) {
        return missingMicros(slots, limit) <= 0;
    }

    /**
     * Milliseconds from {@code settledAt} until this many slots fit by decay alone, rounded up; 0 if they fit now.
     *
     * @param decayNanosPerSecond more than 0
     */
    public long millisUntilFits(long slots, long limit, long decayNanosPerSecond) {
        long missing = missingMicros(slots, limit);
        if (missing <= 0) {
            return 0;
        }
        long nanos = missing * MICROS_TO_NANOS;
        long wholeSeconds = Math.min(nanos / decayNanosPerSecond, AGES_SECONDS);
        long restPicos = (nanos % decayNanosPerSecond) * 1_000 - carryPicos;
        return wholeSeconds * 1_000 - Math.floorDiv(-restPicos, decayNanosPerSecond);
    }

    /**
     * From when on this many slots fit if nothing comes back, in epoch milliseconds; {@link LedgerState#AT_ONCE} if they fit as
     * the bucket is, {@link LedgerState#NEVER} if decay alone does not make room.
     */
    long fitsAt(long slots, long limit, long decayNanosPerSecond) {
        if (fits(slots, limit)) {
            return LedgerState.AT_ONCE;
        }
        return decayNanosPerSecond > 0 && limit > 0 && slots <= limit
                ? settledAt + millisUntilFits(slots, limit, decayNanosPerSecond)
                : LedgerState.NEVER;
    }

    /** From when on it is empty if nothing comes in, in epoch milliseconds, likewise. */
    long emptyAt(long decayNanosPerSecond) {
        if (levelMicros == 0) {
            return LedgerState.AT_ONCE;
        }
        return decayNanosPerSecond > 0 ? settledAt + millisUntilFits(0, 0, decayNanosPerSecond) : LedgerState.NEVER;
    }

    /** What is missing for this many slots, in micro-slots; 0 or less if they are free. */
    public long missingMicros(long slots, long limit) {
        return levelMicros + (slots - limit) * MICROS;
    }

    /** With the slots of a lease that starts now. */
    public Bucket withLeased(long slots) {
        return new Bucket(levelMicros + slots * MICROS, drainedMicros, carryPicos, unleasedMicros, settledAt);
    }

    Bucket withLeasedMicros(long micros) {
        return new Bucket(levelMicros + micros, drainedMicros, carryPicos, unleasedMicros, settledAt);
    }

    /** With slots that no lease owns. */
    public Bucket withUnleased(long slots) {
        return withUnleasedMicros(slots * MICROS);
    }

    Bucket withUnleasedMicros(long micros) {
        return new Bucket(levelMicros + micros, drainedMicros, carryPicos, unleasedMicros + micros, settledAt);
    }

    /** With another number of micro-slots taken by a lease, or by slots without one, that started at a mark. */
    public Bucket settledTo(long takenBefore, long takenAfter, long drainMark, boolean isLeased) {
        if (takenAfter >= takenBefore) {
            long more = takenAfter - takenBefore;
            return isLeased ? withLeasedMicros(more) : withUnleasedMicros(more);
        }
        if (isLeased) {
            return without(undecayedMicros(takenBefore, drainMark) - undecayedMicros(takenAfter, drainMark));
        }
        long drained = drainedAtMost() - drainMark;
        long unused = Math.max(0, takenBefore - drained) - Math.max(0, takenAfter - drained);
        // Of slots that no lease owns, and of no others: some may have been returned by number meanwhile.
        long freed = Math.min(unused, unleasedMicros);
        long left = levelMicros - freed;
        return new Bucket(left, drainedMicros, left == 0 ? 0 : carryPicos, unleasedMicros - freed, settledAt);
    }

    /** What a lease may still give back, in micro-slots. */
    public long undecayedMicros(long takenMicros, long drainMark) {
        return Math.max(0, Math.min(takenMicros - (drainedAtMost() - drainMark), levelMicros));
    }

    /** The carried fraction may have drained out of any one lease: give back a millionth less rather than more. */
    private long drainedAtMost() {
        return carryPicos > 0 ? drainedMicros + 1 : drainedMicros;
    }

    /** Without what a lease gives back. */
    public Bucket without(long micros) {
        long left = levelMicros - micros;
        return new Bucket(left, drainedMicros, left == 0 ? 0 : carryPicos, Math.min(unleasedMicros, left), settledAt);
    }

    /** With another number of slots that no lease owns. */
    public Bucket withUnleasedSetTo(long slots) {
        long micros = slots * MICROS;
        long leased = levelMicros - unleasedMicros;
        return new Bucket(leased + micros, drainedMicros, leased == 0 ? 0 : carryPicos, micros, settledAt);
    }

    /** With fewer slots that no lease owns: this many less, or none at all. */
    public Bucket withoutUnleased(long slots) {
        long freed = Math.min(unleasedMicros, slots * MICROS);
        long left = levelMicros - freed;
        return new Bucket(left, drainedMicros, left == 0 ? 0 : carryPicos, unleasedMicros - freed, settledAt);
    }

    /** Refilled to what is owned, when the decay ends and what is left over would never drain. */
    public Bucket holding(long leasedMicros) {
        return new Bucket(leasedMicros + unleasedMicros, drainedAtMost(), 0, unleasedMicros, settledAt);
    }

    /** The same, without what no lease owns: nothing would ever give it back. */
    public Bucket holdingOnly(long leasedMicros) {
        return new Bucket(leasedMicros, drainedAtMost(), 0, 0, settledAt);
    }
}
