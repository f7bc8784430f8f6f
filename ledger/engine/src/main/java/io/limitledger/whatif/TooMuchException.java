package io.limitledger.whatif;

import java.time.Instant;

/** More is asked than can be answered at once. The message says how much can. */
public final class TooMuchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooMuchException(int mostSteps, long reached) {
        super("More than " + mostSteps
                + " commands concern this limit in the time asked about; ask about a shorter time, such as up to "
                + Instant.ofEpochMilli(reached) + ", or allow more");
    }
}
