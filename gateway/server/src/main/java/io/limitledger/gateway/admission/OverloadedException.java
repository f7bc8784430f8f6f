package io.limitledger.gateway.admission;

import io.limitledger.client.NotSentException;
import java.io.Serial;

/** This process takes nothing new of this kind at the moment; nothing was done. Has no stack trace. */
public final class OverloadedException extends NotSentException {
    @Serial
    private static final long serialVersionUID = 1;

    private final long retryMillis;

    /** @param retryMillis when it is worth asking again */
    public OverloadedException(String message, long retryMillis) {
        super(message);
        this.retryMillis = retryMillis;
    }

    public long retryMillis() {
        return retryMillis;
    }
}
