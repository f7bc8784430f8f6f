package io.limitledger.core.state;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A claim that is held by its holder until it is renewed, released, or expires.
 *
 * @param takenMicros micro-slots put into the bucket; 0 if the limit was inactive when the lease was granted, so that
 *     its end frees nothing that it did not take, and 0 before it starts
 * @param drainMark the bucket's {@code drainedMicros} when the lease started
 * @param acquiredAt epoch milliseconds at which it was granted
 * @param startsAt epoch milliseconds from which it may be used; not before {@code acquiredAt}
 * @param expiresAt epoch milliseconds at which it ends unless renewed; equal to {@code startsAt} for slots without a lease
 * @param handedTo the client that waited for it and has yet to confirm it; null once it has, and where it need not
 * @param fence higher than that of every earlier grant of the limit's name; null for those that version 3 of the rules or a
 *     later one did not decide
 * @param spend what it took besides the slots of its limit; null if nothing
 * @param used slots that were really used, once it has been settled; null before
 */
public record Lease(
        Claim claim,
        long takenMicros,
        long drainMark,
        long acquiredAt,
        long startsAt,
        long expiresAt,
        @Nullable Asker handedTo,
        @Nullable Long fence,
        @Nullable Spend spend,
        @Nullable Long used)
        implements LeaseRecord, Claiming {

    /** One that has taken nothing but slots of its limit, if anything. */
    public Lease(
            Claim claim,
            long takenMicros,
            long drainMark,
            long acquiredAt,
            long startsAt,
            long expiresAt,
            @Nullable Asker handedTo) {
        this(claim, takenMicros, drainMark, acquiredAt, startsAt, expiresAt, handedTo, null, null, null);
    }

    @Override
    public UUID leaseId() {
        return claim.leaseId();
    }

    @Override
    public String limit() {
        return claim.limit();
    }

    /** On another limit, which this one has become. */
    public Lease movedTo(String newName) {
        return new Lease(
                claim.movedTo(newName),
                takenMicros,
                drainMark,
                acquiredAt,
                startsAt,
                expiresAt,
                handedTo,
                fence,
                spend,
                used);
    }

    /** With what it takes from a bucket. */
    public Lease taking(long micros, Bucket bucket) {
        return new Lease(
                claim, micros, bucket.drainedMicros(), acquiredAt, startsAt, expiresAt, handedTo, fence, spend, used);
    }

    /** With what a grant adds. */
    public Lease granted(@Nullable Long fence, @Nullable Spend spend) {
        return new Lease(claim, takenMicros, drainMark, acquiredAt, startsAt, expiresAt, handedTo, fence, spend, used);
    }

    /** With what was really used. */
    public Lease settled(long used, long takenMicros, @Nullable Spend spend) {
        return new Lease(claim, takenMicros, drainMark, acquiredAt, startsAt, expiresAt, handedTo, fence, spend, used);
    }

    /** Slots that were really used, as far as that is known. */
    public long usedSlots() {
        return used == null ? slots() : used;
    }

    /** The key under which it is counted; null if under none. */
    public @Nullable String group() {
        return spend == null ? null : spend.key();
    }

    /** With another end, and so confirmed. */
    public Lease renewed(long expiresAt, @Nullable Holder holder) {
        return new Lease(
                claim.heldBy(holder),
                takenMicros,
                drainMark,
                acquiredAt,
                startsAt,
                expiresAt,
                null,
                fence,
                spend,
                used);
    }

    /** With another end, and nothing else. */
    public Lease ending(long expiresAt) {
        return new Lease(claim, takenMicros, drainMark, acquiredAt, startsAt, expiresAt, handedTo, fence, spend, used);
    }

    /** With all its times later by this much, or earlier where that is negative: by another clock. */
    public Lease laterBy(long millis) {
        return millis == 0
                ? this
                : new Lease(
                        claim,
                        takenMicros,
                        drainMark,
                        acquiredAt + millis,
                        startsAt + millis,
                        expiresAt + millis,
                        handedTo,
                        fence,
                        spend,
                        used);
    }

    /** Confirmed, if it has not been yet: for as long as was asked, from now on. */
    public Lease confirmed(long now) {
        return handedTo == null ? this : renewed(now + leaseMillis(), holder());
    }

    /** How long it has been held, in seconds. */
    public double occupancySeconds(long now) {
        return Math.max(0, now - startsAt) / 1_000.0;
    }

    /** Micro-slots that come back when it ends now: what has not decayed of its own slots. */
    public long undecayedMicros(Bucket settled) {
        return settled.undecayedMicros(takenMicros, drainMark);
    }
}
