package io.limitledger.whatif;

import java.time.Instant;

/** The commands of the time asked about are gone. The message says since when there are commands. */
public final class NotRetainedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotRetainedException(Instant since) {
        super("The commands of that time are no longer kept; ask about a time from " + since
                + " on. The topic limits.commands keeps"
                + " them for as long as its retention.ms says, 7 days unless changed");
    }
}
