package io.limitledger.simulation;

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
        check(entry, decision.reply(), referee);
        decision.answers().forEach(answer -> check(entry, answer.reply(), referee));
    }

    private void check(LogEntry entry, Reply reply, Referee referee) {
        if (reply instanceof Granted granted) {
            check(entry, granted.lease(), referee);
        } else if (reply instanceof Renewed renewed) {
            check(entry, renewed.lease(), referee);
        }
    }

    private void check(LogEntry entry, Lease lease, Referee referee) {
        require(
                referee.book().page(lease.limit()).says(lease),
                () -> "#" + entry.offset() + " " + entry.command() + " is answered with " + lease);
    }
}
