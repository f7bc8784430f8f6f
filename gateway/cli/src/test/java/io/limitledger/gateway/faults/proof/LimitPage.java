package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.event.LimitCreated;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A limit after some of its events, computed from these events alone. */
final class LimitPage {
    private final Map<UUID, Long> slots = new HashMap<>();
    private final Map<UUID, Long> ends = new HashMap<>();
    private final Map<UUID, Map<Long, LimitEvent>> everyEnd = new HashMap<>();
    private final Set<UUID> queue = new LinkedHashSet<>();
    private Definition definition = new Definition(0, 0, true);
    private long occupied;

    void apply(LimitEvent event) {
        if (event.fact() instanceof LimitCreated created) {
            definition = created.definition();
        } else if (event.fact() instanceof WaiterQueued queued) {
            queue.add(queued.waiter().leaseId());
        } else if (event.fact() instanceof WaiterLeft left) {
            queue.remove(left.leaseId());
        } else if (event.fact() instanceof LeaseGranted granted) {
            grant(granted.lease());
        } else if (event.fact() instanceof LeaseReleased released) {
            end(released.leaseId());
        } else if (event.fact() instanceof LeaseExpired expired) {
            end(expired.leaseId());
        }
        moveEnds(event);
    }

    private void grant(Lease lease) {
        queue.remove(lease.leaseId());
        if (lease.leaseMillis() > 0) {
            occupied += lease.slots();
            slots.merge(lease.leaseId(), lease.slots(), Long::sum);
        }
    }

    private void end(UUID leaseId) {
        Long held = slots.remove(leaseId);
        occupied -= held == null ? 0 : held;
        ends.remove(leaseId);
    }

    /** Applies the events that set the end of a lease. */
    private void moveEnds(LimitEvent event) {
        if (event.fact() instanceof LeaseGranted granted && granted.lease().leaseMillis() > 0) {
            endAt(granted.lease().expiresAt(), granted.lease().leaseId(), event);
        } else if (event.fact() instanceof LeaseRenewed renewed) {
            endAt(renewed.expiresAt(), renewed.leaseId(), event);
        } else if (event.fact() instanceof LeasesProlonged prolonged) {
            Map.copyOf(ends).forEach((leaseId, end) -> endAt(end + prolonged.byMillis(), leaseId, event));
        }
    }

    private void endAt(long end, UUID leaseId, LimitEvent event) {
        ends.put(leaseId, end);
        everyEnd.computeIfAbsent(leaseId, id -> new HashMap<>()).putIfAbsent(end, event);
    }

    Definition definition() {
        return definition;
    }

    /** Slots held on leases. */
    long occupied() {
        return occupied;
    }

    /** The end of each held lease, in epoch milliseconds. */
    Map<UUID, Long> ends() {
        return ends;
    }

    /** Each end that a lease ever had, in epoch milliseconds, with the event that set it. */
    Map<Long, LimitEvent> everyEnd(UUID leaseId) {
        return everyEnd.getOrDefault(leaseId, Map.of());
    }

    /** Lease ids of the waiters, in order. */
    Set<UUID> queue() {
        return queue;
    }
}
