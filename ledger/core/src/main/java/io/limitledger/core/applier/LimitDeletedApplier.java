package io.limitledger.core.applier;

import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.state.Limit;
import org.jspecify.annotations.Nullable;

/** A limit no longer exists, nor does anything that belongs to it: it was deleted, or has left for its new name. */
final class LimitDeletedApplier {
    private LimitDeletedApplier() {}

    static @Nullable Limit apply(Fact fact, Change change) {
        LimitEvent event = change.event();
        change.state().removeLimit(event.limit(), event.offset());
        return null;
    }
}
