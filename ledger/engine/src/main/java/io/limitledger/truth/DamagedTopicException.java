package io.limitledger.truth;

import java.io.Serial;

/** A partition of a topic cannot be read. The message is one sentence that names it. */
public final class DamagedTopicException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public DamagedTopicException(String message, Throwable cause) {
        super(message, cause);
    }
}
