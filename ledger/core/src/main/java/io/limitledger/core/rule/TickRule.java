package io.limitledger.core.rule;

import io.limitledger.core.command.Tick;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Settled;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Move;

/** Decides {@link Tick}: settling has done what was due; a limit that is still on its way is sent again. */
public final class TickRule {
    private TickRule() {}

    public static Reply decide(Tick tick, Draft draft) {
        Limit limit = draft.limitIfAny();
        Move move = limit == null ? null : limit.move();
        if (move != null
                && move.direction() == Move.Direction.LEAVING
                && DueTime.of(draft.state(), tick.limit()) <= draft.now()) {
            RenameLimitRule.sendAgain(move, draft);
        }
        return new Settled(tick.limit());
    }
}
