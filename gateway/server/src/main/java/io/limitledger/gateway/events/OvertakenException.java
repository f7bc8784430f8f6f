package io.limitledger.gateway.events;

import java.io.Serial;

/** A reader was so slow that what it would read next is no longer kept. */
public final class OvertakenException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    OvertakenException() {
        super("Expected to read on, but what comes next is no longer kept");
    }
}
