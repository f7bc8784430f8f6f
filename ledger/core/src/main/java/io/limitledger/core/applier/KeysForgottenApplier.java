package io.limitledger.core.applier;

import io.limitledger.core.event.KeysForgotten;
import io.limitledger.core.state.Limit;

/** Idle keys have no record any more. */
final class KeysForgottenApplier {
    private KeysForgottenApplier() {}

    static Limit apply(KeysForgotten forgotten, Change change) {
        Limit limit = change.limit();
        forgotten.keys().forEach(key -> change.state().removeKey(limit.name(), key));
        return limit;
    }
}
