package io.limitledger.holder;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** No answer came for as long as the caller was willing to wait, but at least for some seconds. */
public final class LedgerUnreachableException extends AcquireException {
    @Serial
    private static final long serialVersionUID = 1;

    LedgerUnreachableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
