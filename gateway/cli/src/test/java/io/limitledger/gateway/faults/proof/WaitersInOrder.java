package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** While somebody waits only whoever has waited longest is served. */
final class WaitersInOrder implements Law {
    @Override
    public List<Finding> violations(History history) {
        List<Finding> found = new ArrayList<>();
        history.events().values().forEach(events -> check(events, found));
        return found;
    }

    private void check(List<LimitEvent> events, List<Finding> found) {
        LimitPage page = new LimitPage();
        for (LimitEvent event : events) {
            if (event.fact() instanceof LeaseGranted granted && !page.line().isEmpty()) {
                UUID first = page.line().iterator().next();
                UUID served = granted.lease().leaseId();
                if (!first.equals(served)) {
                    String what = "Expected the grant to go to " + first + ", the first in line, but got " + served;
                    found.add(Finding.at(this, event, served, what));
                }
            }
            page.apply(event);
        }
    }
}
