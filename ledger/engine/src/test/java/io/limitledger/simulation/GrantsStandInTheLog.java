package io.limitledger.simulation;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Lease;

/** Whoever is told that it holds, or from when on it will, finds just that in the events. */
final class GrantsStandInTheLog extends Invariant {
    @Override
    void onDecision(LogEntry entry, String limit, Decision decision, Referee referee) {
        check(entry, decision.reply(), decision, referee);
        decision.answers().forEach(answer -> check(entry, answer.reply(), decision, referee));
    }

    private void check(LogEntry entry, Reply reply, Decision decision, Referee referee) {
        if (reply instanceof Granted granted) {
            check(entry, granted.lease(), decision, referee);
        } else if (reply instanceof Renewed renewed) {
            check(entry, renewed.lease(), decision, referee);
        }
    }

    private void check(LogEntry entry, Lease lease, Decision decision, Referee referee) {
        // What was granted may have been renewed in the same breath.
        boolean isOneOfItsEvents = decision.events().stream()
                .anyMatch(event -> event.fact() instanceof LeaseGranted granted
                        && granted.lease().equals(lease));
        require(
                isOneOfItsEvents || referee.book().page(lease.limit()).says(lease),
                () -> "#" + entry.offset() + " " + entry.command() + " is answered with " + lease);
    }
}
