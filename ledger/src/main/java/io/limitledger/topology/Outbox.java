package io.limitledger.topology;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Asker;

/** The way out for what must not wait for a commit: replies, ticks, and what limits send to one another. Losing or repeating any of it is harmless. */
public interface Outbox {
    void send(Asker asker, Reply reply, Cause cause);

    void send(LimitCommand command, int partition);

    /**
     * The command for which a reply is sent.
     *
     * @param partition of the commands topic
     * @param offset in it
     * @param at epoch milliseconds at which it was appended
     * @param events how many events the decision left
     */
    record Cause(int partition, long offset, long at, int events) {}
}
