package io.limitledger.holder;

import java.time.Duration;

/**
 * Slots of a rate limit or of a quota to use up: one, unless said otherwise. They return by themselves, so there is
 * no lease. Immutable. Ends as {@link Acquire} does.
 */
public final class Spend {
    private final Limits limits;
    private final AcquireRequest request;

    Spend(Limits limits, AcquireRequest request) {
        this.limits = limits;
        this.request = request;
    }

    /** How many slots; 1 to 2147483647. */
    public Spend slots(long slots) {
        return new Spend(limits, request.slots(slots));
    }

    /** Whose slots they are, see {@link Acquire#key(String)}. */
    public Spend key(String key) {
        return new Spend(limits, request.key(key));
    }

    /** A head start in the queue, in seconds, -3600 to 3600; see {@link Acquire#priority}. */
    public Spend priority(long seconds) {
        return new Spend(limits, request.priority(seconds));
    }

    /** A description of the client that spends, shown in the ledger. At most 2048 characters. */
    public Spend holder(String holder) {
        return new Spend(limits, request.by(holder));
    }

    /** Spends slots that are free now. */
    public void now() throws InterruptedException {
        limits.spend(request);
    }

    /** Returns as soon as it is this caller's turn; at most an hour. */
    public void waitingUpTo(Duration patience) throws InterruptedException {
        limits.spend(request.waitingUpTo(patience));
    }

    /** Asks whether they would be granted now, and spends nothing. */
    public Check check() throws InterruptedException {
        return limits.check(request);
    }
}
