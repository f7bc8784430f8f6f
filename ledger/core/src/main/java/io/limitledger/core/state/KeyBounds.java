package io.limitledger.core.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each key of a limit may take: the bounds of all of them, or of one with its override.
 *
 * @param limit slots occupied at the same time, as of a {@link Definition}
 * @param slotDecayPerSecond as of a {@link Definition}
 * @param maxWaiting the most that wait with one key; null if only the limit's own bound counts
 * @param weight the part that it gets of a fair queue, 0.01 to 100; 1 unless overridden
 */
public record KeyBounds(
        long limit,
        double slotDecayPerSecond,
        List<Quota> quotas,
        @Nullable Long maxWaiting,
        double weight) {
    static final KeyBounds NONE = new KeyBounds(Definition.UNBOUNDED, 0, List.of(), null, 1);

    /** Virtual time of one slot at a weight of 1: fine enough for a weight of 3 to get three times as much, to a thousandth. */
    private static final long VIRTUAL_TIME_PER_SLOT = 10_000;

    public KeyBounds {
        quotas = quotas == null ? List.of() : List.copyOf(quotas);
    }

    /** The bounds of all keys. */
    public KeyBounds(long limit, double slotDecayPerSecond, List<Quota> quotas) {
        this(limit, slotDecayPerSecond, quotas, null, 1);
    }

    public boolean hasLimit() {
        return limit != Definition.UNBOUNDED;
    }

    public boolean decays() {
        return slotDecayPerSecond > 0;
    }

    public long decayNanosPerSecond() {
        return decays() ? Bucket.nanosPerSecond(slotDecayPerSecond) : 0;
    }

    /** Whether this many slots may be granted some day; a key that is paused may be raised again. */
    public boolean mayEverFit(long slots) {
        return (slots <= limit || limit == 0) && quotas.stream().allMatch(quota -> slots <= quota.slots());
    }

    /** Whether slots without a lease would never come back. */
    public boolean requiresLease() {
        return hasLimit() && !decays();
    }

    /** By how much a grant moves the key's virtual time on. */
    public long virtualTime(long slots) {
        return slots * VIRTUAL_TIME_PER_SLOT * 100 / weightHundredths();
    }

    /** What it occupies, by its weight: comparable among keys. */
    long share(long slots) {
        return virtualTime(slots);
    }

    private long weightHundredths() {
        return Math.max(1, Math.round(weight * 100));
    }
}
