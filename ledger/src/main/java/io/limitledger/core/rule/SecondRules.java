package io.limitledger.core.rule;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Reply;

/** The second version of the rules. What it does not change is decided as by {@link FirstRules}. */
public final class SecondRules implements Rules {
    private static final Rules FIRST = new FirstRules();

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Reply decide(LimitCommand command, Draft draft) {
        return FIRST.decide(command, draft);
    }
}
