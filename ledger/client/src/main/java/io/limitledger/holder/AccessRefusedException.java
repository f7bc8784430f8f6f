package io.limitledger.holder;

import java.io.Serial;

/**
 * The gateway does not know who asks, or that principal may not do what was asked. The message says what to change: the credentials
 * of the {@link Gateway}, or the rights, which an administrator gives.
 */
public final class AccessRefusedException extends AcquireException {
    @Serial
    private static final long serialVersionUID = 1;

    AccessRefusedException(String message) {
        super(message);
    }
}
