package io.limitledger.core.applier;

import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.state.EndedLease.How;
import io.limitledger.core.state.Limit;

/** A waiter becomes an ended id, and what was promised to it is free for the others. */
final class WaiterLeftApplier {
    private WaiterLeftApplier() {}

    static Limit apply(WaiterLeft left, Change change) {
        return change.end(left.leaseId(), How.CANCELLED, null, change.limit()).withReservations(left.reservations());
    }
}
