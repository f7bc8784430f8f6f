package io.limitledger.simulation;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.rule.Rules;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.MutableLedgerState;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The real ledger, on new or restored records. */
class LedgerDecider implements Decider {
    private final IndexedLedgerState state;
    private final Ledger ledger;

    LedgerDecider(HeapRecords records) {
        this(records, UnaryOperator.identity());
    }

    LedgerDecider(HeapRecords records, UnaryOperator<MutableLedgerState> wrapper) {
        this(records, wrapper, RuleBook.OURS.newest());
    }

    LedgerDecider(HeapRecords records, UnaryOperator<MutableLedgerState> wrapper, Rules rules) {
        this.state = new IndexedLedgerState(records);
        this.ledger = new Ledger(wrapper.apply(state), rules);
    }

    @Override
    public Decision decide(LogEntry entry) {
        return ledger.decide(entry);
    }

    @Override
    public @Nullable String limitMeantBy(LimitCommand command) {
        return ledger.limitMeantBy(command);
    }

    @Override
    public long dueAt(String limit) {
        return ledger.dueAt(limit);
    }

    @Override
    public LedgerState state() {
        return state;
    }

    @Override
    public Set<String> watched() {
        return state.limitsWithSomethingDue();
    }
}
