package io.limitledger.holder;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The slots are not free, and did not come free in time. Asking later may help. */
public final class SlotsNotFreeException extends AcquireException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;
    private final @Nullable String reason;

    SlotsNotFreeException(String message, Duration retryAfter, @Nullable String reason) {
        super(message);
        this.retryAfter = retryAfter;
        this.reason = reason;
    }

    /** When it is worth asking again; exact on a rate limit and where a quota is missing, unless others are quicker. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /**
     * Why, in one word: {@code limit} (its slots are occupied), {@code quota}, {@code key} (it occupies as many as it may), {@code
     * queue} (as many wait as may), {@code replaced} (by a newer request), {@code paused}, {@code timedOut}. Null where something
     * else is the reason, as too many leases.
     */
    public @Nullable String reason() {
        return reason;
    }
}
