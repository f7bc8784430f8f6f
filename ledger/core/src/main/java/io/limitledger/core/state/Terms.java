package io.limitledger.core.state;

import org.jspecify.annotations.Nullable;

/**
 * What a claim may say besides the slots and the time.
 *
 * @param key whose slots they are, 1 to {@link Bounds#NAME_CHARACTERS} characters; null if only the limit's own bounds count
 * @param priority a head start in seconds: in the queue it has the position that it would have had it come that much earlier
 * @param upTo how many slots are wanted at most, where fewer will do; the claim's slots then say how many it has got. Null if
 *     it takes all or none
 * @param onExpiry what happens to the quotas if the lease expires and was not settled
 */
public record Terms(
        @Nullable String key, long priority, @Nullable Long upTo, OnExpiry onExpiry) {
    static final Terms NONE = new Terms(null, 0, null, OnExpiry.CHARGE);

    public Terms {
        onExpiry = onExpiry == null ? OnExpiry.CHARGE : onExpiry;
    }

    /** What an expiry means for the quotas. */
    public enum OnExpiry {
        /** What was taken was used. */
        CHARGE,
        /** What was taken was not used, and returns at once. */
        REFUND
    }
}
