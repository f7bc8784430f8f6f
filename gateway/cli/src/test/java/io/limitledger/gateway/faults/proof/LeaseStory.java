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

/** What the log has of one lease id. */
final class LeaseStory {
    private final List<LimitEvent> events = new ArrayList<>();
    private final UUID leaseId;
    private final LimitPage limit;

    /** @param limit after its last event */
    private LeaseStory(UUID leaseId, LimitPage limit) {
        this.leaseId = leaseId;
        this.limit = limit;
    }

    /** Of an id that the log does not know. */
    static LeaseStory empty(UUID leaseId) {
        return new LeaseStory(leaseId, new LimitPage());
    }

    /** All lease ids of a run. */
    static Map<UUID, LeaseStory> all(History history) {
        Map<UUID, LeaseStory> stories = new HashMap<>();
        for (List<LimitEvent> events : history.events().values()) {
            LimitPage page = new LimitPage();
            for (LimitEvent event : events) {
                page.apply(event);
                UUID leaseId = leaseId(event.fact());
                if (leaseId != null) {
                    stories.computeIfAbsent(leaseId, id -> new LeaseStory(id, page))
                            .events
                            .add(event);
                }
            }
        }
        return stories;
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
        return ofNoLease(fact);
    }

    private static @Nullable UUID ofNoLease(Fact fact) {
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

    /** The event by which the lease was to end at a time; null if it never was. */
    @Nullable
    LimitEvent toEndAt(long expiresAt) {
        return limit.everyEnd(leaseId).get(expiresAt);
    }

    /** The event by which it was over: released, expired, or gone from the line. */
    @Nullable
    LimitEvent over() {
        return events.stream()
                .filter(event -> event.fact() instanceof LeaseReleased
                        || event.fact() instanceof LeaseExpired
                        || event.fact() instanceof WaiterLeft
                        || event.fact() instanceof AcquireCancelled)
                .reduce((first, last) -> last)
                .orElse(null);
    }

    boolean isOverBy(long millis) {
        LimitEvent over = over();
        return over != null && over.at() <= millis;
    }
}
