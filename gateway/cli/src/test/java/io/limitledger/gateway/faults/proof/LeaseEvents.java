package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.AcquireCancelled;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.event.WaiterQueued;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events of one lease id. */
final class LeaseEvents {
    private final List<LimitEvent> events = new ArrayList<>();
    private final UUID leaseId;
    private final LimitPage limit;

    /** @param limit the limit after its last event */
    private LeaseEvents(UUID leaseId, LimitPage limit) {
        this.leaseId = leaseId;
        this.limit = limit;
    }

    /** The events of an id that is not in the log: none. */
    static LeaseEvents empty(UUID leaseId) {
        return new LeaseEvents(leaseId, new LimitPage());
    }

    /** The events of each lease id of a run. */
    static Map<UUID, LeaseEvents> all(History history) {
        Map<UUID, LeaseEvents> leases = new HashMap<>();
        for (List<LimitEvent> events : history.events().values()) {
            LimitPage page = new LimitPage();
            for (LimitEvent event : events) {
                page.apply(event);
                UUID leaseId = leaseId(event.fact());
                if (leaseId != null) {
                    leases.computeIfAbsent(leaseId, id -> new LeaseEvents(id, page))
                            .events
                            .add(event);
                }
            }
        }
        return leases;
    }

    static @Nullable UUID leaseId(Fact fact) {
        if (fact instanceof LeaseGranted granted) {
            return granted.lease().leaseId();
        }
        if (fact instanceof LeaseRenewed renewed) {
            return renewed.leaseId();
        }
        if (fact instanceof LeaseReleased released) {
            return released.leaseId();
        }
        if (fact instanceof LeaseExpired expired) {
            return expired.leaseId();
        }
        return leaseIdOfAcquire(fact);
    }

    private static @Nullable UUID leaseIdOfAcquire(Fact fact) {
        if (fact instanceof WaiterQueued queued) {
            return queued.waiter().leaseId();
        }
        if (fact instanceof WaiterLeft left) {
            return left.leaseId();
        }
        if (fact instanceof LeaseDenied denied) {
            return denied.leaseId();
        }
        return fact instanceof AcquireCancelled cancelled ? cancelled.leaseId() : null;
    }

    List<LimitEvent> events(Class<? extends Fact> kind) {
        return events.stream().filter(event -> kind.isInstance(event.fact())).toList();
    }

    @Nullable
    LimitEvent first(Class<? extends Fact> kind) {
        return events.stream()
                .filter(event -> kind.isInstance(event.fact()))
                .findFirst()
                .orElse(null);
    }

    /** The event that set the end of the lease to this time; null if none did. */
    @Nullable
    LimitEvent toEndAt(long expiresAt) {
        return limit.everyEnd(leaseId).get(expiresAt);
    }

    /** The last event that ended the lease or the wait: released, expired, or out of the queue. */
    @Nullable
    LimitEvent end() {
        return events.stream()
                .filter(event -> event.fact() instanceof LeaseReleased
                        || event.fact() instanceof LeaseExpired
                        || event.fact() instanceof WaiterLeft
                        || event.fact() instanceof AcquireCancelled)
                .reduce((first, last) -> last)
                .orElse(null);
    }

    boolean hasEndedBy(long millis) {
        LimitEvent end = end();
        return end != null && end.at() <= millis;
    }
}
