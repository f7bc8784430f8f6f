package io.limitledger.client;

import java.io.Serial;

/**
 * The command was not sent: Kafka cannot be reached or denies the right to write, or too much is under way. It was not
 * decided and will not be, so it may be sent again under any id.
 */
public class NotSentException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public NotSentException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Without a stack trace, for what occurs when there is no time to lose and says all there is to say. */
    protected NotSentException(String message) {
        super(message, null, false, false);
    }
}
