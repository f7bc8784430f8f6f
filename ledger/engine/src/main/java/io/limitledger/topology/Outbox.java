package io.limitledger.topology;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.state.Asker;
import io.limitledger.wire.ReplyRecord;

/** The way out for what must not wait for a commit: replies, ticks, and what limits send to one another. Losing or repeating any of it is harmless. */
public interface Outbox {
    void send(Asker asker, ReplyRecord reply);

    void send(LimitCommand command, int partition);
}
