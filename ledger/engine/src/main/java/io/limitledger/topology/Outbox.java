package io.limitledger.topology;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.state.Asker;
import io.limitledger.wire.ReplyRecord;
import org.jspecify.annotations.Nullable;

/** The way out for what must not wait for a commit: replies, ticks, and what limits send to one another. Losing or repeating any of it is harmless. */
public interface Outbox {
    void send(Asker asker, ReplyRecord reply);

    /**
     * Sends a command to a partition.
     *
     * @param by name of the principal that has caused it; null if none is known
     */
    void send(LimitCommand command, int partition, @Nullable String by);
}
