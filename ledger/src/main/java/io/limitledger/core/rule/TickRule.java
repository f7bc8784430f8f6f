package io.limitledger.core.rule;

import io.limitledger.core.command.Tick;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Settled;

/** Decides {@link Tick}: all that it is for has been done by settling. */
public final class TickRule {
    private TickRule() {}

    public static Reply decide(Tick tick) {
        return new Settled(tick.limit());
    }
}
