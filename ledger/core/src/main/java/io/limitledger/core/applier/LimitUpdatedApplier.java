package io.limitledger.core.applier;

import io.limitledger.core.event.LimitUpdated;
import io.limitledger.core.state.Limit;

/** A limit has another definition. */
final class LimitUpdatedApplier {
    private LimitUpdatedApplier() {}

    static Limit apply(LimitUpdated updated, Change change) {
        return change.limit()
                .redefined(updated.definition(), change.event().at())
                .withBucket(updated.bucket())
                .withDemand(updated.demand())
                .withReservations(updated.reservations());
    }
}
