package io.limitledger.holder;

import java.io.Serial;

/**
 * The request can never be granted as it is: there is no such limit, it has fewer slots, it was deleted meanwhile, or a
 * field is out of bounds. The message is the ledger's.
 */
public final class AcquireRefusedException extends AcquireException {
    @Serial
    private static final long serialVersionUID = 1;

    AcquireRefusedException(String message) {
        super(message);
    }
}
