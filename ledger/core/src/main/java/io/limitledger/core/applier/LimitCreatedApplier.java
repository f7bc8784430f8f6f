package io.limitledger.core.applier;

import io.limitledger.core.event.LimitCreated;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.state.Limit;

/** A limit exists. */
final class LimitCreatedApplier {
    private LimitCreatedApplier() {}

    static Limit apply(LimitCreated created, Change change) {
        LimitEvent event = change.event();
        Limit limit = Limit.created(event.limit(), created.limitId(), created.definition(), event.at());
        return created.fence() == null ? limit : limit.withFence(created.fence());
    }
}
