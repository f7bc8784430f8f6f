package io.limitledger.client;

import java.io.Serial;

/** As many commands as may be under way are waiting for their answers. Has no stack trace. */
public final class TooManyInFlightException extends NotSentException {
    @Serial
    private static final long serialVersionUID = 1;

    public TooManyInFlightException(int maxInFlight) {
        super("Expected fewer than " + maxInFlight + " commands in flight, but there are as many; try again later");
    }
}
