package io.limitledger.gateway.stack;

import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Settled;
import io.limitledger.core.rule.Draft;
import io.limitledger.core.rule.FirstRules;
import io.limitledger.core.rule.Rules;

/**
 * The first rules, but for heartbeats: where a test moves the time, what it leaps over must not be taken for an absence. Later
 * rules hear of the ledger by each grant as well.
 */
final class DeafRules implements Rules {
    private final Rules rules = new FirstRules();

    @Override
    public int version() {
        return rules.version();
    }

    @Override
    public Reply decide(LimitCommand command, Draft draft) {
        return command instanceof Heartbeat ? new Settled(null) : rules.decide(command, draft);
    }
}
