package io.limitledger.core.rule;

import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Terms;
import io.limitledger.core.state.Waiter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Applies everything that is due by now, in the order in which it fell due. Before every decision, so that an answer
 * never depends on whether a tick came. No principal has caused it, whoever sent the command.
 */
public final class Settlement {
    private Settlement() {}

    public static void settle(Draft draft) {
        Limit known = draft.limitIfAny();
        // Between two names nothing happens to a limit; what falls due meanwhile is done when it has arrived.
        if (known == null || known.move() != null) {
            return;
        }
        draft.causedBy(null, Settlement::settleDue);
    }

    private static void settleDue(Draft draft) {
        Limit known = draft.limit();
        prolong(known, draft);
        String limit = draft.limit().name();
        LedgerState state = draft.state();
        long at = known.decidedAt();
        while (true) {
            long expiryAt = state.firstExpiryAt(limit);
            long turnAt = Turn.of(draft.limit(), state, at);
            long giveUpAt = state.firstGiveUpAt(limit);
            if (Math.min(Math.min(expiryAt, turnAt), giveUpAt) > draft.now()) {
                break;
            }
            at = Math.max(at, Math.min(Math.min(expiryAt, turnAt), giveUpAt));
            // Of what falls due together: a slot that comes free at the very end of a wait is still in time.
            if (expiryAt <= Math.min(turnAt, giveUpAt)) {
                expire(Objects.requireNonNull(state.firstToExpire(limit)), draft);
            } else if (turnAt <= giveUpAt) {
                HandOver.serveHead(at, draft);
            } else {
                leave(Objects.requireNonNull(state.firstToGiveUp(limit)), WaiterLeft.Reason.TIMED_OUT, draft);
            }
        }
        IdleKeys.forgetDue(draft);
    }

    /** Time in which no holder could renew does not count. */
    private static void prolong(Limit limit, Draft draft) {
        long missedMillis = draft.state().leaseClock().stoodStillMillis(limit.decidedAt(), draft.now());
        if (missedMillis > 0 && limit.leases() > 0) {
            draft.append(new LeasesProlonged(missedMillis));
        }
    }

    /** What comes back is what had not decayed at its end, however late that is noticed. */
    private static void expire(Lease lease, Draft draft) {
        Bucket bucket = draft.limit().bucketAt(lease.expiresAt());
        long freed = lease.undecayedMicros(bucket);
        draft.append(new LeaseExpired(
                lease.leaseId(),
                lease.expiresAt(),
                freed,
                bucket.without(freed),
                draft.demandAfter(lease, lease.expiresAt()),
                Promise.afterReturn(freed, draft),
                isRefunded(lease)));
        Asker handedTo = lease.handedTo();
        if (handedTo != null) {
            abandon(handedTo, draft);
        }
    }

    private static @Nullable Boolean isRefunded(Lease lease) {
        Terms terms = lease.claim().terms();
        boolean isRefunded = terms != null
                && terms.onExpiry() == Terms.OnExpiry.REFUND
                && lease.used() == null
                && lease.spend() != null;
        return isRefunded ? true : null;
    }

    /**
     * A client that does not confirm what it was granted is presumed dead. So everything else for which it waits on this limit
     * goes to the waiters behind it now, and not one by one after a provisional lease each.
     */
    private static void abandon(Asker asker, Draft draft) {
        if (draft.limit().waiting() == 0) {
            return;
        }
        for (Waiter waiter : draft.state().waiters(draft.limit().name())) {
            Asker waiting = waiter.asker();
            if (waiting != null && waiting.isSameAs(asker)) {
                leave(waiter, WaiterLeft.Reason.ABANDONED, draft);
            }
        }
    }

    private static void leave(Waiter waiter, WaiterLeft.Reason reason, Draft draft) {
        Promise.leave(waiter, reason, draft);
        draft.answer(
                waiter.asker(),
                new Denied(
                        waiter.limit(),
                        waiter.leaseId(),
                        Denied.Reason.TIMED_OUT,
                        RetryTime.millis(waiter.claim(), draft),
                        Room.of(waiter.claim(), draft).obstacle()));
    }
}
