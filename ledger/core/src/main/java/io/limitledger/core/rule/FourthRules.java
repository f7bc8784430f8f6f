package io.limitledger.core.rule;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Reply;

/**
 * The fourth version of the rules. It knows who sends a command: events name the principal that caused them, what an acquire is
 * granted belongs to the principal that asked, and a command can be for the leases of one owner only. All else is decided as by
 * {@link ThirdRules}.
 */
public final class FourthRules implements Rules {
    /** A rule that decides otherwise from this version on asks {@link Draft#isSince}. */
    public static final int VERSION = LimitCommand.OWNERS_SINCE;

    private static final Rules THIRD = new ThirdRules();

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public Reply decide(LimitCommand command, Draft draft) {
        return THIRD.decide(command, draft);
    }
}
