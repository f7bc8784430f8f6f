package io.limitledger.holder;

import java.time.Duration;

/** What the ledger said. */
sealed interface TransportOutcome {
    /** The slots are the asker's and may be used. */
    record Held() implements TransportOutcome {}

    record NotFree(String message, Duration retryAfter) implements TransportOutcome {}

    record Refused(String message) implements TransportOutcome {}

    /** The lease id is done with. */
    record Gone(String message) implements TransportOutcome {}
}
