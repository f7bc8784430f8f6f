package io.limitledger.holder;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the ledger said. */
sealed interface TransportOutcome {
    /**
     * The slots are the asker's and may be used.
     *
     * @param parts what is held of each limit, in the answer to an acquire; empty if that was not said
     */
    record Held(List<Part> parts) implements TransportOutcome {
        Held() {
            this(List.of());
        }
    }

    /**
     * What is held of one limit.
     *
     * @param fence 0 if a ledger of an older version granted it
     */
    record Part(String limit, long slots, long fence) {}

    /**
     * The slots are not free.
     *
     * @param reason in one word; null if it is not about free slots
     */
    record NotFree(
            String message, Duration retryAfter, @Nullable String reason) implements TransportOutcome {
        NotFree(String message, Duration retryAfter) {
            this(message, retryAfter, null);
        }
    }

    record Refused(String message) implements TransportOutcome {}

    /** It is not known who asks, or that principal may not. */
    record NoAccess(String message) implements TransportOutcome {}

    /** The lease id is done with. */
    record Gone(String message) implements TransportOutcome {}
}
