package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import java.util.ArrayList;
import java.util.List;

/** By the log: after each grant no more is held on leases than the limit has. */
final class NeverAboveTheLimit implements Law {
    @Override
    public List<Finding> violations(History history) {
        List<Finding> found = new ArrayList<>();
        history.events().values().forEach(events -> check(events, found));
        return found;
    }

    private void check(List<LimitEvent> events, List<Finding> found) {
        LimitPage page = new LimitPage();
        for (LimitEvent event : events) {
            page.apply(event);
            long limit = page.definition().limit();
            if (event.fact() instanceof LeaseGranted granted && page.occupied() > limit) {
                String what = "Expected at most " + limit + " slots to be held, but got " + page.occupied();
                found.add(Finding.at(this, event, granted.lease().leaseId(), what));
            }
        }
    }
}
