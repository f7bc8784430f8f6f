package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import java.util.ArrayList;
import java.util.List;

/** One id, one grant, however often it was asked for. */
final class NothingGrantedTwice implements Law {
    @Override
    public List<Finding> violations(History history) {
        List<Finding> found = new ArrayList<>();
        LeaseStory.all(history).forEach((leaseId, story) -> {
            List<LimitEvent> grants = story.events(LeaseGranted.class);
            if (grants.size() > 1) {
                String what = "Expected one grant, but got " + grants;
                found.add(Finding.at(this, grants.get(1), leaseId, what));
            }
        });
        return found;
    }
}
