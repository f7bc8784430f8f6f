package io.limitledger.simulation;

import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Lease;

/** Invariant: no lease expires before its end, and no decision at or after its end leaves it held. */
final class LeasesEndOnTime extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof LeaseExpired expired) {
            Lease lease = before.held.get(expired.leaseId());
            require(
                    lease != null && Math.max(entry.timestamp(), before.at) >= lease.expiresAt(),
                    () -> "expired early by #" + entry.offset() + " at " + entry.timestamp() + ": " + lease);
        }
    }

    @Override
    void onDecision(LogEntry entry, String limit, Decision decision, Referee referee) {
        Page page = referee.book().page(limit);
        if (entry.command().invalidFields().isEmpty() && !page.isMoving) {
            long now = Math.max(entry.timestamp(), page.at);
            page.held
                    .values()
                    .forEach(lease -> require(
                            lease.expiresAt() > now,
                            () -> "still held after #" + entry.offset() + " at " + now + ": " + lease));
        }
    }
}
