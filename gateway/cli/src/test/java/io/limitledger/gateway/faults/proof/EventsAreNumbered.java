package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LimitEvent;
import java.util.ArrayList;
import java.util.List;

/** The events of a limit are numbered from 1 without gaps, and neither time nor place in the log runs backwards. */
final class EventsAreNumbered implements Law {
    @Override
    public List<Finding> violations(History history) {
        List<Finding> found = new ArrayList<>();
        history.events().values().forEach(events -> check(events, found));
        return found;
    }

    private void check(List<LimitEvent> events, List<Finding> found) {
        long number = 0;
        long at = 0;
        long offset = 0;
        for (LimitEvent event : events) {
            number++;
            if (event.number() != number || event.at() < at || event.offset() < offset) {
                String after = "Expected event " + number + " at " + at + " or later, of command " + offset
                        + " or later, but got " + event;
                found.add(Finding.at(this, event, LeaseStory.leaseId(event.fact()), after));
            }
            number = event.number();
            at = event.at();
            offset = event.offset();
        }
    }
}
