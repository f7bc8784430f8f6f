package io.limitledger.core.applier;

import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.state.Limit;

/** A waiter is in the queue. */
final class WaiterQueuedApplier {
    private WaiterQueuedApplier() {}

    static Limit apply(WaiterQueued queued, Change change) {
        return change.put(queued.waiter(), change.limit()).withReservations(queued.reservations());
    }
}
