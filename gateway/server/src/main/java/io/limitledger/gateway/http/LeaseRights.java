package io.limitledger.gateway.http;

import io.limitledger.client.OnBehalf;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Lease;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.lease.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What a caller may do with a lease of which only the id is given: all with its own, and with those of others on limits that it
 * administers. Whose a lease is, the ledger decides; here it is only looked up on which limits it is.
 */
public record LeaseRights(LimitsView view) {
    /** For commands about this lease. */
    public OnBehalf onBehalf(UUID leaseId, Caller caller) {
        if (caller.by() == null) {
            return OnBehalf.NO_ONE;
        }
        boolean isAdmin = caller.mayAll(Right.ADMIN);
        List<String> limits = isAdmin ? List.of() : view.limitsOf(leaseId);
        boolean administersAll =
                isAdmin || (!limits.isEmpty() && limits.stream().allMatch(limit -> caller.may(Right.ADMIN, limit)));
        return new OnBehalf(caller.by(), limit -> limit == null ? administersAll : caller.may(Right.ADMIN, limit));
    }

    /** Refuses to go on holding what the caller may no longer hold. */
    public void requireHold(UUID leaseId, Caller caller) {
        if (caller.mayAll(Right.HOLD)) {
            return;
        }
        for (String limit : view.limitsOf(leaseId)) {
            Lease lease = view.lease(limit, leaseId);
            if (lease != null && Objects.equals(lease.claim().owner(), caller.by())) {
                caller.requireNamed(Right.HOLD, limit);
            }
        }
    }

    /**
     * Refuses to end what is seen to be another's.
     *
     * @param limits of the lease
     */
    public void requireOwn(UUID leaseId, List<String> limits, Caller caller) {
        for (String limit : limits) {
            Lease lease = view.lease(limit, leaseId);
            String owner = lease == null ? null : lease.claim().owner();
            boolean isOthers = owner != null && caller.by() != null && !owner.equals(caller.by());
            if (isOthers && caller.may(Right.READ, limit)) {
                caller.require(Right.ADMIN, limit);
            }
        }
    }

    /** Whether the lease is another's, on a limit that the caller may not read: it does not learn that there is one. */
    public static boolean isHidden(Outcome outcome, Caller caller) {
        String limit = outcome.limit();
        return isOthers(outcome) && !(limit == null ? caller.mayAll(Right.READ) : caller.may(Right.READ, limit));
    }

    /** Whether it was refused because the lease has another owner. */
    public static boolean isOthers(Outcome outcome) {
        return outcome.reply() instanceof Refused refused && refused.reason() == Refused.Reason.NOT_OWNER;
    }
}
