package io.limitledger.core.rule;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Reply;

/**
 * The third version of the rules. Each grant has a fence; and what a limit and an acquire say of keys, quotas, order and cost is
 * understood, see {@link LimitCommand#since}. All else is decided as by {@link SecondRules}.
 */
public final class ThirdRules implements Rules {
    /** A rule that decides otherwise from this version on asks {@link Draft#isSince}. */
    public static final int VERSION = 3;

    private static final Rules SECOND = new SecondRules();

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public Reply decide(LimitCommand command, Draft draft) {
        return SECOND.decide(command, draft);
    }
}
