package io.limitledger.holder;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The slots were not acquired, and none is held. Its subclass says what can be done about it. */
public abstract sealed class AcquireException extends RuntimeException
        permits SlotsNotFreeException, AcquireRefusedException, AccessRefusedException, LedgerUnreachableException {
    @Serial
    private static final long serialVersionUID = 1;

    AcquireException(String message) {
        super(message);
    }

    AcquireException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
