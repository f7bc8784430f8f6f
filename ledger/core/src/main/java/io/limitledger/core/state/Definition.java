package io.limitledger.core.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about a limit. It bounds up to three things, which hold together: what is occupied at the same time
 * ({@code limit}), what is taken within a time ({@code quotas}), and the same two for each key ({@code perKey}).
 *
 * @param limit number of slots, 0 to {@link io.limitledger.core.state.Bounds#SLOTS}; 0 means paused, and
 *     {@link #UNBOUNDED} that this is not bounded
 * @param slotDecayPerSecond rate at which occupied slots drain, in slots per second; 0 makes it a concurrency limit,
 *     more than 0 a rate limit. Stored as given, so that it is read back as the number that was written
 * @param active an inactive limit grants everything and occupies nothing
 * @param quotas at most {@link io.limitledger.core.state.Bounds#QUOTAS}
 * @param perKey bounds of each key; null if keys are only counted
 */
public record Definition(
        long limit,
        double slotDecayPerSecond,
        boolean active,
        List<Quota> quotas,
        @Nullable KeyBounds perKey,
        Queueing queueing) {
    /** The limit of what has none: one more than a limit can have, so that it takes part in all arithmetic. */
    public static final long UNBOUNDED = Bounds.SLOTS + 1;

    public Definition {
        quotas = quotas == null ? List.of() : List.copyOf(quotas);
        queueing = queueing == null ? Queueing.DEFAULT : queueing;
    }

    /** One that bounds what is occupied at the same time, and nothing else. */
    public Definition(long limit, double slotDecayPerSecond, boolean active) {
        this(limit, slotDecayPerSecond, active, List.of(), null, Queueing.DEFAULT);
    }

    /** Whether what is occupied at the same time is bounded. */
    public boolean hasLimit() {
        return limit != UNBOUNDED;
    }

    /** Whether occupied slots drain by themselves. */
    public boolean decays() {
        return slotDecayPerSecond > 0;
    }

    /**
     * The decay that is computed with, in nano-slots per second. A whole number, because only integers add up to the
     * same sum however the time between two commands is cut.
     */
    public long decayNanosPerSecond() {
        return decays() ? Bucket.nanosPerSecond(slotDecayPerSecond) : 0;
    }

    /**
     * Whether time alone makes room: then a waiter starts when its turn came, however late that is noticed, and its start can
     * be known in advance.
     */
    public boolean isPaced() {
        return active && (hasLimit() ? decays() : !quotas.isEmpty());
    }

    /** Whether the key of an acquire has a say in whose turn it is. */
    public boolean isKeyed() {
        return perKey != null || isFair();
    }

    public boolean isFair() {
        return queueing.order() == Queueing.Order.FAIR;
    }

    /** Whether it says more than the first versions of the rules understand. */
    public boolean isExtended() {
        return !hasLimit() || !quotas.isEmpty() || perKey != null || !queueing.equals(Queueing.DEFAULT);
    }

    /** The bounds of a key. */
    public KeyBounds boundsOf(@Nullable KeyOverride override) {
        KeyBounds common = perKey == null ? KeyBounds.NONE : perKey;
        return override == null ? common : override.over(common, perKey != null);
    }

    /**
     * Whether this many slots may be granted some day. An inactive limit takes any number, and so may one that is paused,
     * once it is raised again.
     */
    public boolean mayEverFit(long slots) {
        return !active || ((slots <= limit || limit == 0) && tooSmall(slots) == null);
    }

    /** The first quota that has fewer slots; null if each has as many. */
    public @Nullable Quota tooSmall(long slots) {
        for (Quota quota : quotas) {
            if (quota.slots() < slots) {
                return quota;
            }
        }
        return null;
    }

    /** Whether slots without a lease would never come back. */
    public boolean requiresLease() {
        return hasLimit() && !decays();
    }
}
