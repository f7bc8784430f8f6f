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

    /** Decides a command: writes down in the draft what follows from it, and returns what the asker is told. */
    Reply decide(LimitCommand command, Draft draft);
}
