package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LimitEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Law: a lease expires neither early nor late. The log names the end that the lease last had, no decision after that
 * end leaves it held, and while no fault is active a tick ends it soon.
 */
final class LeasesEndOnTime implements Law {
    /** Milliseconds. A tick comes approximately every 100 ms; the rest is for a machine that is busy otherwise. */
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
            String what = "Expected the lease to expire within " + LATEST_MILLIS + " ms of its end, but it took "
                    + (event.at() - expired.expiresAt()) + " ms";
            found.add(Finding.at(this, event, expired.leaseId(), what));
        }
    }

    private void checkNothingOverdue(LimitEvent event, LimitPage page, List<Finding> found) {
        for (UUID leaseId : page.ends().keySet()) {
            long end = page.ends().get(leaseId);
            if (end <= event.at()) {
                String what = "Expected the lease to end at " + end + ", but it is held after " + event;
                found.add(Finding.at(this, event, leaseId, what));
            }
        }
    }

    private static boolean isDisturbed(long from, long until, History history) {
        return history.disturbances().stream().anyMatch(disturbance -> disturbance.overlaps(from, until));
    }

    /** The longest delay of an expiry that was due while no fault was active, in milliseconds. */
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
