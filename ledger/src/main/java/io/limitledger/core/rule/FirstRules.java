package io.limitledger.core.rule;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.CancelAcquire;
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
import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.command.Tick;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import java.util.List;
import java.util.stream.Collectors;

/** The first version of the rules: settle what is due, then ask the rule of the command. */
public final class FirstRules implements Rules {
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
        return rule(command, draft);
    }

    private static boolean isAboutMoves(LimitCommand command) {
        return command instanceof RenameLimit
                || command instanceof AdoptLimit
                || command instanceof FinishRename
                || command instanceof Tick;
    }

    private static Reply rule(LimitCommand command, Draft draft) {
        if (command instanceof AcquireLease acquire) {
            return AcquireLeaseRule.decide(acquire, draft);
        }
        if (command instanceof ReleaseLease release) {
            return ReleaseLeaseRule.decide(release, draft);
        }
        if (command instanceof RenewLease renew) {
            return RenewLeaseRule.decide(renew, draft);
        }
        if (command instanceof TakeSlots take) {
            return TakeSlotsRule.decide(take, draft);
        }
        if (command instanceof ReturnSlots returned) {
            return ReturnSlotsRule.decide(returned, draft);
        }
        if (command instanceof Tick tick) {
            return TickRule.decide(tick, draft);
        }
        if (command instanceof CancelAcquire cancel) {
            return CancelAcquireRule.decide(cancel, draft);
        }
        if (command instanceof PutLimit put) {
            return PutLimitRule.decide(put, draft);
        }
        if (command instanceof UpdateLimit update) {
            return UpdateLimitRule.decide(update, draft);
        }
        if (command instanceof DeleteLimit delete) {
            return DeleteLimitRule.decide(delete, draft);
        }
        if (command instanceof RenameLimit rename) {
            return RenameLimitRule.decide(rename, draft);
        }
        if (command instanceof AdoptLimit adopt) {
            return AdoptLimitRule.decide(adopt, draft);
        }
        if (command instanceof FinishRename finish) {
            return FinishRenameRule.decide(finish, draft);
        }
        if (command instanceof Heartbeat) {
            return HeartbeatRule.decide(draft);
        }
        throw new IllegalStateException("Expected a rule for each command, but found none for " + command.type());
    }

    private static Refused invalid(LimitCommand command, List<InvalidField> fields) {
        String mistakes = fields.stream()
                .map(field -> field.field() + ": " + field.message())
                .collect(Collectors.joining("; "));
        return new Refused(
                Refused.Reason.INVALID_COMMAND, "Expected a valid " + command.type() + ", but " + mistakes, fields);
    }
}
