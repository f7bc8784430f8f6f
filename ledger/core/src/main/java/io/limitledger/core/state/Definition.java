package io.limitledger.core.state;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What an operator says about a limit.
 *
 * @param limit number of slots, 0 to {@link io.limitledger.core.state.Bounds#SLOTS}; 0 means paused
 * @param slotDecayPerSecond rate at which occupied slots drain, in slots per second; 0 makes it a concurrency limit,
 *     more than 0 a rate limit. Stored as given, so that it is read back as the number that was written
 * @param active an inactive limit grants everything and occupies nothing
 */
public record Definition(long limit, double slotDecayPerSecond, boolean active) {
    private static final BigDecimal NANOS_PER_SLOT = BigDecimal.valueOf(1_000_000_000);

    /** Whether occupied slots drain by themselves. */
    public boolean decays() {
        return slotDecayPerSecond > 0;
    }

    /**
     * The decay that is computed with, in nano-slots per second. A whole number, because only integers add up to the
     * same sum however the time between two commands is cut.
     */
    public long decayNanosPerSecond() {
        if (!decays()) {
            return 0;
        }
        return BigDecimal.valueOf(slotDecayPerSecond)
                .multiply(NANOS_PER_SLOT)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    /**
     * Whether this many slots may be granted some day. An inactive limit takes any number, and so may one that is paused,
     * once it is raised again.
     */
    public boolean mayEverFit(long slots) {
        return !active || slots <= limit || limit == 0;
    }

    /** Whether slots without a lease would never come back. */
    public boolean requiresLease() {
        return !decays();
    }
}
