package io.limitledger.core.applier;

import io.limitledger.core.event.LimitLeaving;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Move;

/** A limit is on its way to another name. */
final class LimitLeavingApplier {
    private LimitLeavingApplier() {}

    static Limit apply(LimitLeaving leaving, Change change) {
        return change.limit()
                .moving(Move.leaving(
                        leaving.newName(), leaving.asker(), change.event().by()));
    }
}
