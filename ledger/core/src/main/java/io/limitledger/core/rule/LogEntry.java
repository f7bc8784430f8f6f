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
 */
public record LogEntry(
        LimitCommand command,
        long timestamp,
        long offset,
        @Nullable Asker asker) {}
