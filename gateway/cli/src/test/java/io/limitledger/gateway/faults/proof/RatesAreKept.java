package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import java.util.ArrayList;
import java.util.List;

/**
 * Law: on a rate limit, no time window contains more slots than the limit plus what decays in the window. Such a limit
 * is a bucket that never overflows. Returned slots are not considered, because the clients of a run return none.
 */
final class RatesAreKept implements Law {
    @Override
    public List<Finding> violations(History history) {
        List<Finding> found = new ArrayList<>();
        history.events().values().forEach(events -> check(events, found));
        return found;
    }

    private void check(List<LimitEvent> events, List<Finding> found) {
        LimitPage page = new LimitPage();
        double level = 0;
        long at = 0;
        for (LimitEvent event : events) {
            page.apply(event);
            Definition definition = page.definition();
            if (definition.decays() && event.fact() instanceof LeaseGranted granted) {
                Lease lease = granted.lease();
                double decayed = Math.max(0, lease.startsAt() - at) / 1_000.0 * definition.slotDecayPerSecond();
                level = Math.max(0, level - decayed) + lease.slots();
                at = Math.max(at, lease.startsAt());
                // Less than a millionth of a slot is this computation's rounding error.
                if (level > definition.limit() + 1e-6) {
                    String what = "Expected at most " + definition.limit() + " slots at " + at + ", but got " + level;
                    found.add(Finding.at(this, event, lease.leaseId(), what));
                }
            }
        }
    }
}
