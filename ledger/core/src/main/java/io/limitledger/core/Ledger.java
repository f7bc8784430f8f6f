package io.limitledger.core;

import io.limitledger.core.applier.EventAppliers;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.Draft;
import io.limitledger.core.rule.DueTime;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.rule.Rules;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.MutableLedgerState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides the commands of one partition, in their order.
 *
 * <p>A decision is a pure function of the commands before it: the same log gives the same events and the same replies,
 * on any machine and at any time. Each decision first settles what is due, so that no answer depends on whether a timer
 * has run. {@link Rules} of a version say what is decided, {@link EventAppliers} what an event does to the state.
 */
public final class Ledger {
    private final MutableLedgerState state;
    private final Rules rules;

    /** Decides with the newest rules. */
    public Ledger(MutableLedgerState state) {
        this(state, RuleBook.OURS.newest());
    }

    public Ledger(MutableLedgerState state, Rules rules) {
        this.state = state;
        this.rules = rules;
    }

    public LedgerState state() {
        return state;
    }

    /** Decides a command and applies what follows from it. */
    public Decision decide(LogEntry entry) {
        if (entry.command().since() > rules.version()) {
            return Decision.unreadable(entry.command());
        }
        Draft draft = new Draft(state, limitMeantBy(entry.command()), entry, rules.version());
        return draft.decided(rules.decide(entry.command(), draft));
    }

    /** Applies an event that was decided before. */
    public void apply(LimitEvent event) {
        EventAppliers.apply(state, event);
    }

    /** When something falls due on a limit, in epoch milliseconds, or {@link LedgerState#NEVER}. */
    public long dueAt(String limit) {
        return DueTime.of(state, limit);
    }

    /** The limit whose events a command leads to: that which it names, or else that of its lease; null if it means none. */
    public @Nullable String limitMeantBy(LimitCommand command) {
        if (command.limit() != null) {
            return command.limit();
        }
        UUID leaseId = command.leaseId();
        String limit = leaseId == null ? null : state.limitOf(leaseId);
        return limit == null && command instanceof SettleLease settle ? state.limitOfSpend(settle.leaseId()) : limit;
    }
}
