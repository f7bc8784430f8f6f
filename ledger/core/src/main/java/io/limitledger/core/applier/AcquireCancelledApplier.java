package io.limitledger.core.applier;

import io.limitledger.core.event.AcquireCancelled;
import io.limitledger.core.state.EndedLease.How;
import io.limitledger.core.state.Limit;

/** Remembers an id that must never be granted. */
final class AcquireCancelledApplier {
    private AcquireCancelledApplier() {}

    static Limit apply(AcquireCancelled cancelled, Change change) {
        return change.end(cancelled.leaseId(), How.CANCELLED, null, change.limit());
    }
}
