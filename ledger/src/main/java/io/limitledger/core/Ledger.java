package io.limitledger.core;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.FinishRename;
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
import io.limitledger.core.event.Evolution;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.rule.AcquireLeaseRule;
import io.limitledger.core.rule.AdoptLimitRule;
import io.limitledger.core.rule.CancelAcquireRule;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.DeleteLimitRule;
import io.limitledger.core.rule.Draft;
import io.limitledger.core.rule.DueTime;
import io.limitledger.core.rule.FinishRenameRule;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.rule.PutLimitRule;
import io.limitledger.core.rule.ReleaseLeaseRule;
import io.limitledger.core.rule.RenameLimitRule;
import io.limitledger.core.rule.RenewLeaseRule;
import io.limitledger.core.rule.ReturnSlotsRule;
import io.limitledger.core.rule.Settlement;
import io.limitledger.core.rule.TakeSlotsRule;
import io.limitledger.core.rule.TickRule;
import io.limitledger.core.rule.UpdateLimitRule;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.MutableLedgerState;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides the commands of one partition, in their order.
 *
 * <p>A decision is a pure function of the commands before it: the same log gives the same events and the same replies,
 * on any machine and at any time. Each decision first settles what is due, so that no answer depends on whether a timer
 * has run. {@code rule} says what is decided, {@link Evolution} what an event does to the state.
 */
public final class Ledger {
    private final MutableLedgerState state;

    public Ledger(MutableLedgerState state) {
        this.state = state;
    }

    public LedgerState state() {
        return state;
    }

    /** Decides a command and applies what follows from it. */
    public Decision decide(LogEntry entry) {
        LimitCommand command = entry.command();
        List<InvalidField> invalid = command.invalidFields();
        Draft draft = new Draft(state, limitMeantBy(command), entry);
        if (!invalid.isEmpty()) {
            return draft.decided(invalid(command, invalid));
        }
        if (draft.isMoving() && !isAboutMoves(command)) {
            return draft.decided(draft.moving());
        }
        Settlement.settle(draft);
        return draft.decided(reply(command, draft));
    }

    private static boolean isAboutMoves(LimitCommand command) {
        return command instanceof RenameLimit
                || command instanceof AdoptLimit
                || command instanceof FinishRename
                || command instanceof Tick;
    }

    /** Applies an event that was decided before. */
    public void apply(LimitEvent event) {
        Evolution.apply(state, event);
    }

    /** When something falls due on a limit, in epoch milliseconds, or {@link LedgerState#NEVER}. */
    public long dueAt(String limit) {
        return DueTime.of(state, limit);
    }

    private static Reply reply(LimitCommand command, Draft draft) {
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
        throw new IllegalStateException("Expected a rule for each command, but found none for " + command.type());
    }

    /** The limit whose events a command leads to: that which it names, or else that of its lease; null if there is none. */
    public @Nullable String limitMeantBy(LimitCommand command) {
        if (command.limit() != null) {
            return command.limit();
        }
        UUID leaseId = leaseIdOf(command);
        return leaseId == null ? null : state.limitOf(leaseId);
    }

    private static @Nullable UUID leaseIdOf(LimitCommand command) {
        if (command instanceof RenewLease renew) {
            return renew.leaseId();
        }
        if (command instanceof ReleaseLease release) {
            return release.leaseId();
        }
        return command instanceof CancelAcquire cancel ? cancel.leaseId() : null;
    }

    private static Refused invalid(LimitCommand command, List<InvalidField> fields) {
        String mistakes = fields.stream()
                .map(field -> field.field() + ": " + field.message())
                .collect(Collectors.joining("; "));
        return new Refused(
                Refused.Reason.INVALID_COMMAND, "Expected a valid " + command.type() + ", but " + mistakes, fields);
    }
}
