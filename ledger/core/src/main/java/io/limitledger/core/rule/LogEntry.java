package io.limitledger.core.rule;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.state.Asker;
import org.jspecify.annotations.Nullable;

/**
 * A command in the log. Everything that a decision depends on, besides the commands before it.
 *
 * @param timestamp epoch milliseconds at which the broker appended it
 * @param offset its offset in the partition
 * @param asker to whom the reply is sent; null if the command named no reply topic
 * @param by name of the principal that sent it; null if it named none
 */
public record LogEntry(
        LimitCommand command,
        long timestamp,
        long offset,
        @Nullable Asker asker,
        @Nullable String by) {
    /** One that names no principal. */
    public LogEntry(LimitCommand command, long timestamp, long offset, @Nullable Asker asker) {
        this(command, timestamp, offset, asker, null);
    }

    /** At another time. */
    public LogEntry at(long timestamp) {
        return new LogEntry(command, timestamp, offset, asker, by);
    }

    /** With another command in its place. */
    public LogEntry with(LimitCommand other) {
        return new LogEntry(other, timestamp, offset, asker, by);
    }
}
