package io.limitledger.holder;

import java.time.Duration;

/** What the ledger said. */
sealed interface Outcome {
    /** The slots are the asker's and may be used. */
    record Held() implements Outcome {}

    record NotFree(String message, Duration retryAfter) implements Outcome {}

    record Refused(String message) implements Outcome {}

    /** The lease id is done with. */
    record Gone(String message) implements Outcome {}
}
