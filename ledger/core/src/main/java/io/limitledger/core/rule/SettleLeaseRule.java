package io.limitledger.core.rule;

import io.limitledger.core.command.InvalidField;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.event.LeaseSettled;
import io.limitledger.core.reply.Charged;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Spend;
import io.limitledger.core.state.Windows;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides {@link SettleLease}. What was not used returns to where it was taken, and what was used beyond that is charged at
 * once: then nothing is granted until there is room again. A lease that took nothing, because its limit was inactive, is left
 * as it is.
 */
public final class SettleLeaseRule {
    private static final String AMBIGUOUS =
            "Expected the name of the limit whose slots are settled, because the lease is on several";

    private SettleLeaseRule() {}

    public static Reply decide(SettleLease settle, Draft draft) {
        if (draft.limitIfAny() == null) {
            return new Refused(Refused.Reason.LEASE_GONE, notHeld(settle.leaseId()), List.of());
        }
        Lease lease = charged(settle.leaseId(), draft);
        if (lease == null) {
            return draft.refuse(settle.leaseId(), Refused.Reason.LEASE_GONE, notHeld(settle.leaseId()));
        }
        if (!lease.claim().mayBeTouchedFor(settle.owner())) {
            return draft.notOwner(settle.leaseId(), Objects.requireNonNull(settle.owner()));
        }
        if (settle.limit() == null && !lease.siblings().isEmpty()) {
            return isAmbiguous(lease, draft);
        }
        Lease settled = settle(lease, settle.slots(), draft);
        HandOver.run(draft);
        return new Charged(settled);
    }

    /** The lease, or the slots without one that are remembered. */
    private static @Nullable Lease charged(UUID leaseId, Draft draft) {
        Lease lease = draft.state().lease(draft.limit().name(), leaseId);
        if (lease != null) {
            return lease;
        }
        EndedLease ended = draft.ended(leaseId);
        return ended == null ? null : ended.grant();
    }

    private static Refused isAmbiguous(Lease lease, Draft draft) {
        draft.refuse(lease.leaseId(), Refused.Reason.INVALID_COMMAND, AMBIGUOUS);
        return new Refused(Refused.Reason.INVALID_COMMAND, AMBIGUOUS, List.of(new InvalidField("limit", AMBIGUOUS)));
    }

    private static String notHeld(UUID leaseId) {
        return "Expected to settle lease " + leaseId
                + ", but it has not been granted, or has ended; settle a lease before it "
                + "ends, and slots without a lease within five minutes";
    }

    /** Returns the lease as it is charged from now on. */
    static Lease settle(Lease lease, @Nullable Long used, Draft draft) {
        if (used == null || used == lease.usedSlots() || !isCharged(lease)) {
            return lease;
        }
        if (used > lease.usedSlots() && draft.limit().reservations() != null) {
            // A start that was promised is kept, so it must not wait for what is charged now.
            Promise.keepAll(draft.limit().definition(), draft);
        }
        long more = used - lease.usedSlots();
        boolean occupies = lease.leaseMillis() > 0 || draft.limit().definition().hasLimit();
        long takenMicros = occupies ? Math.max(0, lease.takenMicros() + more * Bucket.MICROS) : lease.takenMicros();
        Bucket before = draft.bucket();
        Bucket after = before.settledTo(lease.takenMicros(), takenMicros, lease.drainMark(), lease.leaseMillis() > 0);
        long freed = before.levelMicros() - after.levelMicros();
        Lease settled = lease.settled(used, takenMicros, spend(lease, more, draft));
        draft.append(new LeaseSettled(
                settled,
                freed,
                after,
                freed > 0 ? Promise.afterReturn(freed, draft) : draft.limit().reservations()));
        return settled;
    }

    /** An inactive limit charges nothing. */
    private static boolean isCharged(Lease lease) {
        return lease.takenMicros() > 0 || lease.spend() != null || lease.used() != null;
    }

    private static @Nullable Spend spend(Lease lease, long more, Draft draft) {
        Limit limit = draft.limit();
        Definition definition = limit.definition();
        Spend spend = Objects.requireNonNullElse(lease.spend(), Spend.NOTHING);
        if (spend.key() == null && definition.quotas().isEmpty()) {
            return lease.spend();
        }
        Windows.Now now = new Windows.Now(draft.now(), draft.aheadMillis());
        Windows windows = spend.windows()
                .settledBy(more, definition.quotas(), limit.usage().windows().epoch(), now);
        if (spend.key() == null) {
            return new Spend(windows, null, 0, 0, Windows.EMPTY);
        }
        KeyUse use = draft.keyUse(spend.key());
        KeyBounds bounds = definition.boundsOf(use.override());
        boolean occupies = lease.leaseMillis() > 0 || bounds.decays();
        return new Spend(
                windows,
                spend.key(),
                occupies ? Math.max(0, spend.keyMicros() + more * Bucket.MICROS) : spend.keyMicros(),
                spend.keyDrainMark(),
                spend.keyWindows()
                        .settledBy(more, bounds.quotas(), use.windows().epoch(), now));
    }
}
