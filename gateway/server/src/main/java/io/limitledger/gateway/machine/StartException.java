package io.limitledger.gateway.machine;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The process cannot start, for a reason that the operator can fix. The message says how, and needs no stack trace. */
public final class StartException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
