package io.limitledger.core.rule;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Reply;

/**
 * The second version of the rules. Time is the partition's, which goes on however the broker's clock steps; the first
 * lease of a partition counts as a heartbeat; and what nothing holds is dropped when the decay ends. All else is decided as by
 * {@link FirstRules}.
 */
public final class SecondRules implements Rules {
    /** A rule that decides otherwise from this version on asks {@link Draft#isSince}. */
    public static final int VERSION = 2;

    private static final Rules FIRST = new FirstRules();

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public Reply decide(LimitCommand command, Draft draft) {
        if (draft.hasClockStepped()
                && draft.limitIfAny() != null
                && command.invalidFields().isEmpty()) {
            draft.keepTime();
        }
        return FIRST.decide(command, draft);
    }
}
