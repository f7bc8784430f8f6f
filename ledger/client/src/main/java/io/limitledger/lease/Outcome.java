package io.limitledger.lease;

import io.limitledger.core.reply.Charged;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Lease;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request to several limits.
 *
 * @param reply that of one limit where it decides for all: a denial, a refusal; otherwise in the name of all
 * @param limit the one that the reply came from; null if it came from all
 * @param leases one for each limit, in order of names, if they were granted or renewed; otherwise empty
 */
public record Outcome(Reply reply, @Nullable String limit, List<Lease> leases) {

    static Outcome granted(List<Lease> leases) {
        return new Outcome(new Granted(leases.get(0)), null, leases);
    }

    static Outcome renewed(List<Lease> leases) {
        return new Outcome(new Renewed(leases.get(0)), null, leases);
    }

    static Outcome charged(List<Lease> leases) {
        return new Outcome(new Charged(leases.get(0)), null, leases);
    }

    static Outcome released(UUID leaseId) {
        return new Outcome(new Released(leaseId), null, List.of());
    }

    static Outcome of(String limit, Reply reply) {
        return new Outcome(reply, limit, List.of());
    }

    /** No limit knew the lease. */
    static Outcome notHeld(UUID leaseId) {
        String message = "Lease " + leaseId + " does not exist: it was released, has expired, or never was";
        return new Outcome(new Refused(Refused.Reason.LEASE_GONE, message, List.of()), null, List.of());
    }

    /** Whether the lease does not exist, or no longer. */
    public boolean isGone() {
        return isRefusedFor(Refused.Reason.LEASE_GONE);
    }

    boolean isRefusedFor(Refused.Reason reason) {
        return reply instanceof Refused refused && refused.reason() == reason;
    }

    /** Whether everything that was asked for is held now. */
    public boolean isHeld() {
        return !leases.isEmpty();
    }
}
