package io.limitledger.core.applier;

import io.limitledger.core.event.LimitAdopted;
import io.limitledger.core.state.Limit;

/** A limit exists under its new name, with the first part of its leases and waiters. */
final class LimitAdoptedApplier {
    private LimitAdoptedApplier() {}

    static Limit apply(LimitAdopted adopted, Change change) {
        return change.adopt(
                adopted.leases(),
                adopted.waiters(),
                adopted.keys(),
                adopted.limit().limit());
    }
}
