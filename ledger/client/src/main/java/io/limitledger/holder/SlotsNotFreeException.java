package io.limitledger.holder;

import java.io.Serial;
import java.time.Duration;

/** The slots are not free, and did not come free in time. Asking later may help. */
public final class SlotsNotFreeException extends AcquireException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    SlotsNotFreeException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** When it is worth asking again; exact on a rate limit, unless others are quicker. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
