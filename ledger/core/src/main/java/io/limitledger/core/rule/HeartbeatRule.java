package io.limitledger.core.rule;

import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Settled;

/** Decides {@link Heartbeat}: the leases of the partition go on running out. */
public final class HeartbeatRule {
    private HeartbeatRule() {}

    public static Reply decide(Heartbeat heartbeat, Draft draft) {
        draft.heard();
        return new Settled(null);
    }
}
