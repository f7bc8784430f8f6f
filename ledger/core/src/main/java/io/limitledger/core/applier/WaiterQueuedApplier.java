package io.limitledger.core.applier;

import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.state.Limit;

/** A waiter is in the queue. */
final class WaiterQueuedApplier {
    private WaiterQueuedApplier() {}

    static Limit apply(WaiterQueued queued, Change change) {
        Limit limit = change.limit();
        String group = queued.waiter().claim().group(limit.definition());
        if (queued.virtualTime() != null && group != null) {
            change.state().put(change.keyUse(group).withVirtualTime(queued.virtualTime()));
        }
        return change.put(queued.waiter(), limit).withReservations(queued.reservations());
    }
}
