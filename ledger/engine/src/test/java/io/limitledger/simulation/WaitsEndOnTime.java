package io.limitledger.simulation;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Waiter;

/**
 * Invariant: no waiter times out before the end of its wait, and no decision at or after that end leaves it in the
 * queue.
 */
final class WaitsEndOnTime extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof WaiterLeft left && left.reason() == WaiterLeft.Reason.TIMED_OUT) {
            Waiter waiter = before.queue.get(left.leaseId());
            require(
                    waiter != null && Math.max(entry.timestamp(), before.at) >= waiter.until(),
                    () -> "timed out early by #" + entry.offset() + " at " + entry.timestamp() + ": " + waiter);
        }
    }

    @Override
    void onDecision(LogEntry entry, String limit, Decision decision, Referee referee) {
        Page page = referee.book().page(limit);
        if (entry.command().invalidFields().isEmpty() && !page.isMoving) {
            long now = Math.max(entry.timestamp(), page.at);
            page.queue
                    .values()
                    .forEach(waiter -> require(
                            waiter.until() > now,
                            () -> "still waiting after #" + entry.offset() + " at " + now + ": " + waiter));
        }
    }
}
