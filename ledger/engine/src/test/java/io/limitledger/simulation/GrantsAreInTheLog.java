package io.limitledger.simulation;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Lease;

/** Invariant: every lease that an answer reports, held or promised, is recorded with the same values in the events. */
final class GrantsAreInTheLog extends Invariant {
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
        // A lease may be granted and renewed by the same decision.
        boolean isOneOfItsEvents = decision.events().stream()
                .anyMatch(event -> event.fact() instanceof LeaseGranted granted
                        && granted.lease().equals(lease));
        require(
                isOneOfItsEvents || referee.book().page(lease.limit()).hasRecorded(lease),
                () -> "#" + entry.offset() + " " + entry.command()
                        + " is answered with a lease that the events do not record: " + lease);
    }
}
