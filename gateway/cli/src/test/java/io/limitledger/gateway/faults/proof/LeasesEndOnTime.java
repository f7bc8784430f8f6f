package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LimitEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lease expires neither early nor late: the log names the end that it was last given; no decision after that end leaves it
 * held; and while nothing is disturbed a tick sees to it soon.
 */
final class LeasesEndOnTime implements Law {
    /** A tick comes every 100 ms or so. The rest is for a machine that has much else to do. */
    static final long LATEST_MILLIS = 5_000;

    @Override
    public List<Finding> violations(History history) {
        List<Finding> found = new ArrayList<>();
        history.events().values().forEach(events -> check(events, history, found));
        return found;
    }

    private void check(List<LimitEvent> events, History history, List<Finding> found) {
        LimitPage page = new LimitPage();
        for (int i = 0; i < events.size(); i++) {
            LimitEvent event = events.get(i);
            if (event.fact() instanceof LeaseExpired expired) {
                checkEnd(event, expired, page.ends().get(expired.leaseId()), history, found);
            }
            page.apply(event);
            boolean isDecided = i + 1 == events.size() || events.get(i + 1).offset() != event.offset();
            if (isDecided) {
                checkNothingOverdue(event, page, found);
            }
        }
    }

    private void checkEnd(
            LimitEvent event, LeaseExpired expired, @Nullable Long end, History history, List<Finding> found) {
        if (end == null || end != expired.expiresAt() || event.at() < expired.expiresAt()) {
            String what = "Expected the lease to end at " + end + ", but got " + event;
            found.add(Finding.at(this, event, expired.leaseId(), what));
        }
        boolean isLate = event.at() - expired.expiresAt() > LATEST_MILLIS;
        if (isLate && !isDisturbed(expired.expiresAt(), event.at(), history)) {
            String what = "Expected the end to be noticed within " + LATEST_MILLIS + " ms, but it took "
                    + (event.at() - expired.expiresAt()) + " ms";
            found.add(Finding.at(this, event, expired.leaseId(), what));
        }
    }

    private void checkNothingOverdue(LimitEvent event, LimitPage page, List<Finding> found) {
        for (UUID leaseId : page.ends().keySet()) {
            long end = page.ends().get(leaseId);
            if (end <= event.at()) {
                String what = "Expected it to be over at " + end + ", but it is held after " + event;
                found.add(Finding.at(this, event, leaseId, what));
            }
        }
    }

    private static boolean isDisturbed(long from, long until, History history) {
        return history.disturbances().stream().anyMatch(disturbance -> disturbance.touches(from, until));
    }

    /** How late ends were noticed that fell into undisturbed times, in milliseconds, the latest of them. */
    static long latestMillis(History history) {
        return history.events().values().stream()
                .flatMap(List::stream)
                .filter(event -> event.fact() instanceof LeaseExpired expired
                        && !isDisturbed(expired.expiresAt(), event.at(), history))
                .mapToLong(event -> event.at() - ((LeaseExpired) event.fact()).expiresAt())
                .max()
                .orElse(0);
    }
}
