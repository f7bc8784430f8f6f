package io.limitledger.lease;

import io.limitledger.core.reply.Refused;
import java.io.Serial;

/** Nothing was ended, because what is held or waited for under the id has another owner than the principal that asks. */
public final class NotOwnerException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    NotOwnerException(Refused refused) {
        super(refused.message());
    }
}
