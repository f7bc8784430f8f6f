package io.limitledger.core.rule;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Reply;

/**
 * The rules of one version: what a command leads to. Once a version has decided it stays as it is, for ever, because every
 * audit decides with it again what it has decided.
 */
public interface Rules {
    /** Stated by each event that these rules decide. Another number where the same commands would be decided differently. */
    int version();

    /** Decides a command: appends to the draft the facts that follow from it, and returns the reply. */
    Reply decide(LimitCommand command, Draft draft);
}
