package io.limitledger.core.rule;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.state.Asker;
import org.jspecify.annotations.Nullable;

/**
 * A command as it stands in the log. Everything that a decision depends on, besides the commands before it.
 *
 * @param timestamp epoch milliseconds at which the broker appended it
 * @param offset its place in the partition
 * @param asker who wants an answer, if anybody
 */
public record LogEntry(
        LimitCommand command,
        long timestamp,
        long offset,
        @Nullable Asker asker) {}
