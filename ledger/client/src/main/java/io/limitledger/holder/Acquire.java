package io.limitledger.holder;

import java.time.Duration;

/**
 * Slots to hold: one slot, on a lease of one minute, unless said otherwise. Immutable, so one that is
 * prepared may be used many times.
 *
 * <p>Whether it is {@link #now()} or {@link #waitingUpTo}, it throws
 *
 * <ul>
 *   <li>{@link SlotsNotFreeException} if the slots are not free, with the time to ask again;
 *   <li>{@link AcquireRefusedException} if they can never be, as when there is no such limit;
 *   <li>{@link AccessRefusedException} if the gateway does not know who asks, or that principal may not;
 *   <li>{@link LedgerUnreachableException} if no answer came;
 *   <li>{@link IllegalStateException} if the {@link Limits} are closed.
 * </ul>
 *
 * <p>After any of these, and after an interrupt, nothing is held: whatever was under way is cancelled.
 */
public final class Acquire {
    private final Limits limits;
    private final AcquireRequest request;

    Acquire(Limits limits, AcquireRequest request) {
        this.limits = limits;
        this.request = request;
    }

    /** What happens to the quotas when a lease expires that was not settled, because its holder died. */
    public enum OnExpiry {
        /** What was taken was used. */
        CHARGE,
        /** What was taken was not used, and returns. */
        REFUND
    }

    /** How many slots, of each limit; 1 to 2147483647. */
    public Acquire slots(long slots) {
        return new Acquire(limits, request.slots(slots));
    }

    /** How many slots of this one of the limits. */
    public Acquire slots(String limit, long slots) {
        return new Acquire(limits, request.slots(limit, slots));
    }

    /** Whatever is free, from 1 to this number of slots: {@link Lease#slots()} says how many it is. */
    public Acquire upTo(long slots) {
        return new Acquire(limits, request.upTo(slots));
    }

    /**
     * Whose slots they are, such as a customer's: 1 to 255 characters. They count under the limit's own bounds, and under
     * those that it gives each key.
     */
    public Acquire key(String key) {
        return new Acquire(limits, request.key(key));
    }

    /** The key on this one of the limits. */
    public Acquire key(String limit, String key) {
        return new Acquire(limits, request.key(limit, key));
    }

    /**
     * A head start in the queue, in seconds, -3600 to 3600: the position that the request would have had it come that much
     * earlier.
     */
    public Acquire priority(long seconds) {
        return new Acquire(limits, request.priority(seconds));
    }

    /** What happens to the quotas if this process dies before the slots are settled; {@link OnExpiry#CHARGE} by default. */
    public Acquire onExpiry(OnExpiry onExpiry) {
        return new Acquire(limits, request.refunded(onExpiry == OnExpiry.REFUND));
    }

    /**
     * How long the slots stay taken if this process dies; 1 second to 30 days. While it lives the lease is renewed, however
     * short it is.
     */
    public Acquire leasedFor(Duration duration) {
        return new Acquire(limits, request.leasedFor(duration));
    }

    /** A description of the holder, shown in lists of holders. At most 2048 characters. */
    public Acquire holder(String holder) {
        return new Acquire(limits, request.by(holder));
    }

    /**
     * Looks this often whether the lease still exists, so that its end by others (a release by id, its limit
     * deleted) is noticed before the next renewal. In a session over HTTP the gateway reports it without being asked. A
     * look reads what the gateway knows and leaves nothing in the ledger; over Kafka, where every check is a record, the default is not to check.
     */
    public Acquire lookingEvery(Duration period) {
        return new Acquire(limits, request.lookingEvery(period));
    }

    /** Acquires slots that are free now. */
    public Lease now() throws InterruptedException {
        return limits.acquire(request);
    }

    /** Acquires the slots, waiting in the queue for them if need be; at most an hour. */
    public Lease waitingUpTo(Duration patience) throws InterruptedException {
        return limits.acquire(request.waitingUpTo(patience));
    }

    /** Asks whether they would be granted now, and takes nothing. Throws as {@link #now()} does, but for slots that are not free. */
    public Check check() throws InterruptedException {
        return limits.check(request);
    }
}
