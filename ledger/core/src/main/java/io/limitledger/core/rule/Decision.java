package io.limitledger.core.rule;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Asker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command.
 *
 * @param events the facts, already applied to the state
 * @param reply the answer to the command itself
 * @param answers to waiters, whose commands came earlier
 * @param messages commands to other limits' partitions, which may be lost and may come twice
 */
public record Decision(List<LimitEvent> events, Reply reply, List<Answer> answers, List<Message> messages) {

    /** Of what a later version of the rules understands: to the ledgers that decided by this one it was no command. */
    public static Decision unreadable(LimitCommand command) {
        Refused refused = new Refused(
                Refused.Reason.UNREADABLE_COMMAND,
                "Expected a " + command.type() + " that version " + (command.since() - 1) + " of the rules understands",
                List.of());
        return new Decision(List.of(), refused, List.of(), List.of());
    }

    /** A reply to a client that asked earlier. */
    public record Answer(Asker asker, Reply reply) {}

    /**
     * A command to another limit's partition.
     *
     * @param by name of the principal that caused it; null if none is known
     */
    public record Message(LimitCommand command, @Nullable String by) {}
}
