package io.limitledger.core.applier;

import io.limitledger.core.event.LimitCreated;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.state.Limit;

/** A limit exists. */
final class LimitCreatedApplier {
    private LimitCreatedApplier() {}

    static Limit apply(LimitCreated created, Change change) {
        LimitEvent event = change.event();
        return Limit.created(event.limit(), created.limitId(), created.definition(), event.at());
    }
}
