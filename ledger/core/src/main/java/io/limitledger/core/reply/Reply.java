package io.limitledger.core.reply;

/** The answer to a command. A function of the log, so that it may be sent again, and before the commit. */
public sealed interface Reply
        permits Cancelled,
                Charged,
                Checked,
                Deleted,
                Denied,
                Granted,
                KeyStored,
                Moving,
                Queued,
                Refused,
                Released,
                Renamed,
                Renewed,
                Returned,
                Settled,
                Stored {

    /** The reply's name in records. */
    default String type() {
        return getClass().getSimpleName();
    }

    /** With all its times later by this much, or earlier where that is negative: by another clock. */
    default Reply laterBy(long millis) {
        return this;
    }

    /** Whether another reply to the same command follows. */
    default boolean isInterim() {
        return false;
    }
}
