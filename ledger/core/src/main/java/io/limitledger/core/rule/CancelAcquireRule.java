package io.limitledger.core.rule;

import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.event.AcquireCancelled;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Waiter;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides {@link CancelAcquire}: what was granted stays granted and is reported; anything else will never be granted. What
 * another owner has asked for is left alone where the command is for one owner.
 */
public final class CancelAcquireRule {
    private CancelAcquireRule() {}

    public static Reply decide(CancelAcquire cancel, Draft draft) {
        if (draft.limitIfAny() == null) {
            return new Cancelled(cancel.leaseId());
        }
        Lease granted = granted(cancel.leaseId(), draft);
        if (granted != null) {
            return granted.claim().mayBeTouchedFor(cancel.owner())
                    ? new Granted(granted)
                    : draft.notOwner(cancel.leaseId(), Objects.requireNonNull(cancel.owner()));
        }
        Refused refused = giveUp(cancel.leaseId(), cancel.owner(), draft);
        return refused == null ? new Cancelled(cancel.leaseId()) : refused;
    }

    private static @Nullable Lease granted(UUID leaseId, Draft draft) {
        Lease lease = draft.state().lease(draft.limit().name(), leaseId);
        if (lease != null) {
            return lease;
        }
        EndedLease ended = draft.ended(leaseId);
        return ended == null ? null : ended.grant();
    }

    /**
     * Ends a wait; or remembers the id, so that an acquire that is still under way takes nothing. Refuses where another owner
     * waits.
     */
    static @Nullable Refused giveUp(UUID leaseId, @Nullable String owner, Draft draft) {
        Waiter waiter = draft.state().waiter(draft.limit().name(), leaseId);
        if (waiter != null && !waiter.claim().mayBeTouchedFor(owner)) {
            return draft.notOwner(leaseId, Objects.requireNonNull(owner));
        }
        if (waiter != null) {
            Promise.leave(waiter, WaiterLeft.Reason.CANCELLED, draft);
            draft.answer(waiter.asker(), new Cancelled(leaseId));
            HandOver.run(draft);
        } else if (draft.ended(leaseId) == null) {
            draft.append(new AcquireCancelled(leaseId));
        }
        return null;
    }
}
