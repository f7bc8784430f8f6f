package io.limitledger.simulation;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;

/**
 * Invariant: after a grant no more slots are held with its key than a key may; those without a key are bounded by the limit
 * alone. Only where keys' slots have never decayed.
 */
final class KeysAreWithinTheirBounds extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof LeaseGranted granted
                && before.definition.active()
                && !before.mayHaveDecayedForKeys
                && granted.lease().leaseMillis() > 0
                && !KeyUse.WITHOUT_KEY.equals(granted.lease().group())
                && granted.lease().group() != null) {
            String key = granted.lease().group();
            KeyBounds bounds = before.definition.boundsOf(before.overrides.get(key));
            long held = granted.lease().usedSlots()
                    + before.held.values().stream()
                            .filter(lease -> key.equals(lease.group()))
                            .mapToLong(Lease::usedSlots)
                            .sum();
            require(
                    held <= bounds.limit(),
                    () -> held + " slots are held with key '" + key + "' of " + bounds + " after " + event);
        }
    }
}
