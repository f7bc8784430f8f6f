package io.limitledger.simulation;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import java.util.HashMap;
import java.util.Map;

/** Invariant: each grant has a higher fence than every earlier grant of the same name, also across deletions and renames. */
final class FencesRise extends Invariant {
    private final Map<String, Long> highest = new HashMap<>();

    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof LeaseGranted granted) {
            Long fence = granted.lease().fence();
            Long last = highest.getOrDefault(event.limit(), 0L);
            require(fence != null && fence > last, () -> "fence " + fence + " comes after " + last + ": " + event);
            highest.put(event.limit(), fence);
        }
    }
}
