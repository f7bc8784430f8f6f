package io.limitledger.holder;

import java.time.Duration;

/** What the ledger said. */
sealed interface Outcome {
    /**
     * The slots are the asker's.
     *
     * @param startsInMillis not before so many milliseconds have passed, counted from when this arrived
     */
    record Held(long startsInMillis) implements Outcome {}

    record NotFree(String message, Duration retryAfter) implements Outcome {}

    record Refused(String message) implements Outcome {}

    /** The lease id is done with. */
    record Gone(String message) implements Outcome {}
}
