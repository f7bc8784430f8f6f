package io.limitledger.core.applier;

import io.limitledger.core.event.KeyDefined;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Spend;

/** A key has bounds of its own, or those of all keys again. */
final class KeyDefinedApplier {
    private KeyDefinedApplier() {}

    static Limit apply(KeyDefined defined, Change change) {
        Limit limit = change.limit();
        Definition definition = limit.definition();
        KeyUse use = change.keyUse(defined.key());
        KeyUse converted = change.converted(
                use,
                definition.boundsOf(use.override()),
                definition.boundsOf(defined.override()),
                leasedMicros(defined.key(), limit, change));
        change.state().put(converted.with(defined.override()));
        change.tidy(defined.key(), limit);
        return limit;
    }

    private static long leasedMicros(String key, Limit limit, Change change) {
        if (change.keyUse(key).leases() == 0) {
            return 0;
        }
        long leased = 0;
        for (Lease lease : change.state().leases(limit.name())) {
            Spend spend = lease.spend();
            if (spend != null && key.equals(spend.key())) {
                leased += change.undecayedMicros(key, spend, limit);
            }
        }
        return leased;
    }
}
