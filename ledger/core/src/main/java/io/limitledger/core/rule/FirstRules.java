package io.limitledger.core.rule;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.DefineKey;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.FinishRename;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.command.Tick;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.dispatch.SubclassTable;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The first version of the rules: settle what is due, then ask the rule of the command. */
public final class FirstRules implements Rules {
    private static final SubclassTable<LimitCommand, Rule<?>> RULES = new SubclassTable<>(
            LimitCommand.class,
            Map.ofEntries(
                    entry(AcquireLease.class, AcquireLeaseRule::decide),
                    entry(AdoptLimit.class, AdoptLimitRule::decide),
                    entry(CancelAcquire.class, CancelAcquireRule::decide),
                    entry(DefineKey.class, DefineKeyRule::decide),
                    entry(DeleteLimit.class, DeleteLimitRule::decide),
                    entry(FinishRename.class, FinishRenameRule::decide),
                    entry(Heartbeat.class, HeartbeatRule::decide),
                    entry(PutLimit.class, PutLimitRule::decide),
                    entry(ReleaseLease.class, ReleaseLeaseRule::decide),
                    entry(RenameLimit.class, RenameLimitRule::decide),
                    entry(RenewLease.class, RenewLeaseRule::decide),
                    entry(ReturnSlots.class, ReturnSlotsRule::decide),
                    entry(SettleLease.class, SettleLeaseRule::decide),
                    entry(TakeSlots.class, TakeSlotsRule::decide),
                    entry(Tick.class, TickRule::decide),
                    entry(UpdateLimit.class, UpdateLimitRule::decide)));

    /** Decides the commands of one class, which are valid and meet a limit on which nothing is due. */
    private interface Rule<C extends LimitCommand> {
        Reply decide(C command, Draft draft);
    }

    private static <C extends LimitCommand> Map.Entry<Class<C>, Rule<C>> entry(Class<C> command, Rule<C> rule) {
        return Map.entry(command, rule);
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Reply decide(LimitCommand command, Draft draft) {
        List<InvalidField> invalid = command.invalidFields();
        if (!invalid.isEmpty()) {
            return invalid(command, invalid);
        }
        if (draft.isMoving() && !isAboutMoves(command)) {
            return draft.moving();
        }
        Settlement.settle(draft);
        return rule(command).decide(command, draft);
    }

    private static boolean isAboutMoves(LimitCommand command) {
        return command instanceof RenameLimit
                || command instanceof AdoptLimit
                || command instanceof FinishRename
                || command instanceof Tick;
    }

    // Each rule is entered under the class of its commands.
    @SuppressWarnings("unchecked")
    private static <C extends LimitCommand> Rule<C> rule(C command) {
        return (Rule<C>) RULES.of(command);
    }

    private static Refused invalid(LimitCommand command, List<InvalidField> fields) {
        String mistakes = fields.stream()
                .map(field -> field.field() + ": " + field.message())
                .collect(Collectors.joining("; "));
        return new Refused(
                Refused.Reason.INVALID_COMMAND, "Expected a valid " + command.type() + ", but " + mistakes, fields);
    }
}
