package io.limitledger.client;

import java.io.Serial;

/**
 * Kafka did not take the command: it cannot be reached, or it denies the right to write. The command was not decided and
 * will not be, so it may be sent again under any id.
 */
public final class NotSentException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public NotSentException(String message, Throwable cause) {
        super(message, cause);
    }
}
