package io.limitledger.wire;

import java.io.Serial;

/** A record's bytes are not what they should be, and never will be. */
public final class UnreadableRecordException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    public UnreadableRecordException(String message) {
        super(message);
    }
}
