package io.limitledger.simulation;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Waiter;

/** Nobody is sent away before its patience has ended, and whatever is decided then or later finds it gone. */
final class WaitsEndInTime extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        if (event.fact() instanceof WaiterLeft left && left.reason() == WaiterLeft.Reason.TIMED_OUT) {
            Waiter waiter = before.line.get(left.leaseId());
            require(
                    waiter != null && Math.max(entry.timestamp(), before.at) >= waiter.until(),
                    () -> "it is #" + entry.offset() + " at " + entry.timestamp() + ", and it leaves: " + waiter);
        }
    }

    @Override
    void onDecision(LogEntry entry, String limit, Decision decision, Referee referee) {
        Page page = referee.book().page(limit);
        if (entry.command().invalidFields().isEmpty() && !page.isMoving) {
            long now = Math.max(entry.timestamp(), page.at);
            page.line
                    .values()
                    .forEach(waiter -> require(
                            waiter.until() > now, () -> "after #" + entry.offset() + " at " + now + ": " + waiter));
        }
    }
}
