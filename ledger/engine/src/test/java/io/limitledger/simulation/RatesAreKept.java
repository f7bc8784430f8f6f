package io.limitledger.simulation;

import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LeaseSettled;
import io.limitledger.core.event.LimitAdopted;
import io.limitledger.core.event.LimitDeleted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitLeft;
import io.limitledger.core.event.LimitUpdated;
import io.limitledger.core.event.SlotsReturned;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Invariant: on a limit with decay, no time window contains more slots than the limit plus what decays in the window.
 * Counted since slots were last freed or the limit was last changed.
 */
final class RatesAreKept extends Invariant {
    private static final long NANOS = 1_000_000_000;
    private static final long SECONDS_TO_MILLIS = 1_000;

    private final Map<String, List<Lease>> starts = new HashMap<>();

    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (makesRoom(event)) {
            starts.remove(event.limit());
        } else if (event.fact() instanceof LeaseGranted granted
                && before.definition.active()
                && before.definition.decays()) {
            check(granted.lease(), before.definition, starts.computeIfAbsent(event.limit(), name -> new ArrayList<>()));
        }
    }

    private static boolean makesRoom(LimitEvent event) {
        return event.fact() instanceof LimitUpdated
                || event.fact() instanceof LimitAdopted
                || event.fact() instanceof LimitDeleted
                || event.fact() instanceof LimitLeft
                || event.fact() instanceof SlotsReturned
                || event.fact() instanceof LeaseReleased
                || event.fact() instanceof LeaseSettled
                || event.fact() instanceof LeaseExpired;
    }

    private void check(Lease added, Definition definition, List<Lease> starts) {
        starts.add(added);
        // A start promised before the decay was raised may be later than one promised afterwards.
        starts.sort(Comparator.comparingLong(Lease::startsAt));
        for (int first = 0; first <= starts.indexOf(added); first++) {
            checkFrom(first, definition, starts);
        }
    }

    private void checkFrom(int first, Definition definition, List<Lease> starts) {
        long slots = 0;
        for (Lease last : starts.subList(first, starts.size())) {
            slots += last.slots();
            long taken = slots;
            long millis = last.startsAt() - starts.get(first).startsAt();
            require(
                    (taken - definition.limit()) * NANOS
                            <= definition.decayNanosPerSecond() * millis / SECONDS_TO_MILLIS,
                    () -> taken + " slots in " + millis + " ms on " + definition + ", the last " + last);
        }
    }
}
