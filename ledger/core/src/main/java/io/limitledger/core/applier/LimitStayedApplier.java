package io.limitledger.core.applier;

import io.limitledger.core.event.LimitStayed;
import io.limitledger.core.state.Limit;

/** A limit keeps its name. */
final class LimitStayedApplier {
    private LimitStayedApplier() {}

    static Limit apply(LimitStayed stayed, Change change) {
        return change.limit().moving(null);
    }
}
