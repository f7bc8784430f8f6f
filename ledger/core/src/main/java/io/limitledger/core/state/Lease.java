package io.limitledger.core.state;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Slots held by one holder until they are renewed, released, or expire.
 *
 * @param leaseId chosen by the asker
 * @param limit name of the limit
 * @param slots as asked for
 * @param takenMicros micro-slots put into the bucket; 0 if the limit was inactive when the lease was granted, so that
 *     its end frees nothing that it did not take, and 0 before it starts
 * @param drainMark the bucket's {@code drainedMicros} when the lease started
 * @param acquiredAt epoch milliseconds at which it was granted
 * @param startsAt epoch milliseconds from which it may be used; not before {@code acquiredAt}
 * @param expiresAt epoch milliseconds at which it ends unless renewed; equal to {@code startsAt} for slots without a lease
 * @param leaseMillis as asked for; 0 for slots without a lease
 * @param siblings other limits that are held under the same id
 * @param handedTo the asker that waited for it and has yet to renew it for the first time; null once it has, and where
 *     it need not
 */
public record Lease(
        UUID leaseId,
        String limit,
        long slots,
        long takenMicros,
        long drainMark,
        long acquiredAt,
        long startsAt,
        long expiresAt,
        long leaseMillis,
        @Nullable Holder holder,
        List<String> siblings,
        @Nullable Asker handedTo)
        implements LeaseRecord {

    public Lease {
        siblings = siblings == null ? List.of() : List.copyOf(siblings);
    }

    /** One that need not be taken up. */
    public Lease(
            UUID leaseId,
            String limit,
            long slots,
            long takenMicros,
            long drainMark,
            long acquiredAt,
            long startsAt,
            long expiresAt,
            long leaseMillis,
            @Nullable Holder holder,
            List<String> siblings) {
        this(
                leaseId,
                limit,
                slots,
                takenMicros,
                drainMark,
                acquiredAt,
                startsAt,
                expiresAt,
                leaseMillis,
                holder,
                siblings,
                null);
    }

    /** On another limit, which this one has become. */
    public Lease movedTo(String newName) {
        return new Lease(
                leaseId,
                newName,
                slots,
                takenMicros,
                drainMark,
                acquiredAt,
                startsAt,
                expiresAt,
                leaseMillis,
                holder,
                siblings,
                handedTo);
    }

    /** With what it takes from a bucket. */
    public Lease taking(long micros, Bucket bucket) {
        return new Lease(
                leaseId,
                limit,
                slots,
                micros,
                bucket.drainedMicros(),
                acquiredAt,
                startsAt,
                expiresAt,
                leaseMillis,
                holder,
                siblings,
                handedTo);
    }

    /** With another end, and so taken up. */
    public Lease renewed(long expiresAt, @Nullable Holder holder) {
        return new Lease(
                leaseId,
                limit,
                slots,
                takenMicros,
                drainMark,
                acquiredAt,
                startsAt,
                expiresAt,
                leaseMillis,
                holder,
                siblings);
    }

    /** With another end, and nothing else. */
    public Lease ending(long expiresAt) {
        return new Lease(
                leaseId,
                limit,
                slots,
                takenMicros,
                drainMark,
                acquiredAt,
                startsAt,
                expiresAt,
                leaseMillis,
                holder,
                siblings,
                handedTo);
    }

    /** With all its times so much later, or earlier where that is negative: by another clock. */
    public Lease laterBy(long millis) {
        if (millis == 0) {
            return this;
        }
        return new Lease(
                leaseId,
                limit,
                slots,
                takenMicros,
                drainMark,
                acquiredAt + millis,
                startsAt + millis,
                expiresAt + millis,
                leaseMillis,
                holder,
                siblings,
                handedTo);
    }

    /** Taken up, if it has not been yet: for as long as was asked, from now on. */
    public Lease takenUp(long now) {
        return handedTo == null ? this : renewed(now + leaseMillis, holder);
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
