package io.limitledger.client;

import java.io.Serial;

/**
 * As many commands as may be under way are waiting for their answers. This one was not sent. It has no stack trace: it comes
 * when there is no time to lose, and says all there is to say.
 */
public final class TooManyInFlightException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public TooManyInFlightException(int maxInFlight) {
        super(
                "Expected fewer than " + maxInFlight + " commands in flight, but there are as many; try again later",
                null,
                false,
                false);
    }
}
