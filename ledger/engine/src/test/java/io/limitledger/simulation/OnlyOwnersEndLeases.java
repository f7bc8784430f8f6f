package io.limitledger.simulation;

import io.limitledger.core.command.FinishRename;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.event.LeaseSettled;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Waiter;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Invariant: what a principal owns ends before its time, or is renewed or settled, only by that principal or the administrator; or
 * by a producer that names no principal, which Kafka itself must keep away. What falls due is no one's doing. Owners stay with
 * their leases and waits, whatever becomes of the limit.
 */
final class OnlyOwnersEndLeases extends Invariant {
    static final String ADMINISTRATOR = "token:administrator";

    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof LeaseReleased released) {
            requireOwner(event, ownerOfLease(released.leaseId(), before));
        } else if (event.fact() instanceof LeaseRenewed renewed && !(entry.command() instanceof FinishRename)) {
            // A move that ends at its beginning confirms all leases of the limit.
            requireOwner(event, ownerOfLease(renewed.leaseId(), before));
        } else if (event.fact() instanceof LeaseSettled settled) {
            requireOwner(event, ownerOfLease(settled.lease().leaseId(), before));
            requireKept(event, before.granted.get(settled.lease().leaseId()), settled.lease());
        } else if (event.fact() instanceof WaiterLeft left && left.reason() == WaiterLeft.Reason.CANCELLED) {
            Waiter waiter = before.queue.get(left.leaseId());
            requireOwner(event, waiter == null ? null : waiter.claim().owner());
        } else if (event.fact() instanceof LeaseExpired) {
            require(event.by() == null, () -> "someone has expired a lease: " + event);
        } else if (event.fact() instanceof LeaseGranted granted) {
            requireOwnLease(granted.lease(), before, event, entry);
        }
    }

    private static @Nullable String ownerOfLease(UUID leaseId, Page page) {
        Lease lease = page.held.containsKey(leaseId) ? page.held.get(leaseId) : page.granted.get(leaseId);
        return lease == null ? null : lease.claim().owner();
    }

    private void requireOwner(LimitEvent event, @Nullable String owner) {
        String by = event.by();
        require(
                owner == null || by == null || by.equals(owner) || by.equals(ADMINISTRATOR),
                () -> "by another principal than the owner, " + owner + ": " + event);
    }

    private void requireKept(LimitEvent event, @Nullable Lease before, Lease after) {
        require(
                before == null
                        || Objects.equals(before.claim().owner(), after.claim().owner()),
                () -> "another owner than before: " + event);
    }

    /** A waiter's lease has the owner of its wait, and any other that of the command that asks for it. */
    private void requireOwnLease(Lease lease, Page before, LimitEvent event, LogEntry entry) {
        Waiter waiter = before.queue.get(lease.leaseId());
        String asked = waiter == null ? entry.by() : waiter.claim().owner();
        require(
                Objects.equals(lease.claim().owner(), asked),
                () -> "granted to another owner than " + asked + ": " + event);
    }
}
