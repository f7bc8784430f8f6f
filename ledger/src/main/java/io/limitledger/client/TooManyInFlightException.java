package io.limitledger.client;

import java.io.Serial;

/** As many commands as this client may have under way are waiting for their answers. This one was not sent. */
public final class TooManyInFlightException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public TooManyInFlightException(int maxInFlight) {
        super("Expected fewer than " + maxInFlight + " commands in flight, but there are as many; try again later");
    }
}
