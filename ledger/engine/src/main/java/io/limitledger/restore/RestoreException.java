package io.limitledger.restore;

import java.io.Serial;

/** Nothing was restored. The message says why, and what to do. */
public final class RestoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public RestoreException(String message) {
        super(message);
    }

    public RestoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
