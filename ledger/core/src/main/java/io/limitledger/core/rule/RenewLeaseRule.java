package io.limitledger.core.rule;

import io.limitledger.core.command.RenewLease;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/** Decides {@link RenewLease}: a lease that is held, and belongs to the owner for which it is renewed, gets a new end; anything else is gone. */
public final class RenewLeaseRule {
    private RenewLeaseRule() {}

    public static Reply decide(RenewLease renew, Draft draft) {
        Limit limit = draft.limitIfAny();
        if (limit == null) {
            return new Refused(Refused.Reason.LEASE_GONE, neverWas(renew.leaseId()), List.of());
        }
        Lease lease = draft.state().lease(limit.name(), renew.leaseId());
        if (lease == null) {
            return draft.refuse(renew.leaseId(), Refused.Reason.LEASE_GONE, gone(renew.leaseId(), draft));
        }
        if (!lease.claim().mayBeTouchedFor(renew.owner())) {
            return draft.notOwner(renew.leaseId(), Objects.requireNonNull(renew.owner()));
        }
        long expiresAt = draft.now() + renew.leaseMillis();
        Holder holder = lease.holder() == null ? renew.holder() : lease.holder();
        draft.append(new LeaseRenewed(lease.leaseId(), expiresAt, holder));
        return new Renewed(lease.renewed(expiresAt, holder));
    }

    private static String gone(UUID leaseId, Draft draft) {
        Waiter waiter = draft.state().waiter(draft.limit().name(), leaseId);
        if (waiter != null) {
            return "Expected to renew lease " + leaseId + ", but it still waits for its slots"
                    + (waiter.startsAt() == null
                            ? ""
                            : " and starts at " + draft.shown(waiter.startsAt()) + " at the latest");
        }
        EndedLease ended = draft.ended(leaseId);
        return ended == null ? neverWas(leaseId) : "Expected to renew a lease that is held, but " + endOf(ended, draft);
    }

    private static String neverWas(UUID leaseId) {
        return "Expected to renew lease " + leaseId + ", but it is not held: it ended some time ago, or never was";
    }

    static String endOf(EndedLease ended, Draft draft) {
        String how = ended.grant() == null ? ended.how().name().toLowerCase(Locale.ROOT) : "granted without a lease";
        return "lease id " + ended.leaseId() + " was " + how + " at " + draft.shown(ended.endedAt());
    }
}
