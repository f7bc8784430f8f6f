package io.limitledger.simulation;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.LedgerState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides the commands of a partition: the ledger, or a ledger with a planted bug. */
interface Decider {
    Decision decide(LogEntry entry);

    @Nullable
    String limitMeantBy(LimitCommand command);

    long dueAt(String limit);

    LedgerState state();

    /** The limits with something due, which a timer must watch. */
    Set<String> watched();
}
