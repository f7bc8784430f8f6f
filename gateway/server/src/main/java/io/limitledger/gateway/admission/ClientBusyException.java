package io.limitledger.gateway.admission;

import io.limitledger.client.NotSentException;
import java.io.Serial;

/** One client has as much under way as it may; nothing was done. Has no stack trace. */
public final class ClientBusyException extends NotSentException {
    @Serial
    private static final long serialVersionUID = 1;

    public ClientBusyException(String message) {
        super(message);
    }
}
