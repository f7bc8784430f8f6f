package io.limitledger.client;

import java.io.Serial;

/**
 * No answer came in time. That does not mean that nothing happened: the command may have been decided, or still be
 * under way. Repeat it with the same id, which takes nothing twice.
 */
public final class UnknownOutcomeException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public UnknownOutcomeException(String message) {
        super(message);
    }

    public UnknownOutcomeException(String message, Throwable cause) {
        super(message, cause);
    }
}
