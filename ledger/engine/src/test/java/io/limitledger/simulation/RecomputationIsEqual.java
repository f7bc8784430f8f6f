package io.limitledger.simulation;

import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.HeapRecords;

/**
 * Invariant: each instance decides each command as it was decided before, from whatever commit it started, and arrives
 * at the same state.
 */
final class RecomputationIsEqual extends Invariant {
    @Override
    void onDecidedBy(Instance instance, LogEntry entry, Decision decision, Decision byReferee) {
        require(
                decision.equals(byReferee),
                () -> "instance " + instance.number() + " of partition " + instance.partition() + " decides #"
                        + entry.offset() + " " + entry.command() + " differently: " + decision + ", not " + byReferee);
    }

    @Override
    void onCommit(Instance instance, HeapRecords records, HeapRecords byReferee) {
        require(
                records.equals(byReferee),
                () -> "instance " + instance.number() + " of partition " + instance.partition() + " commits " + records
                        + ", not " + byReferee);
    }
}
