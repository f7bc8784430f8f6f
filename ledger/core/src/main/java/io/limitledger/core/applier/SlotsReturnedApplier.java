package io.limitledger.core.applier;

import io.limitledger.core.event.SlotsReturned;
import io.limitledger.core.state.Limit;

/** Slots that no lease owns are free. */
final class SlotsReturnedApplier {
    private SlotsReturnedApplier() {}

    static Limit apply(SlotsReturned returned, Change change) {
        return change.limit()
                .withBucket(returned.bucket())
                .withDemand(returned.demand())
                .withReservations(returned.reservations());
    }
}
