package io.limitledger.simulation;

import io.limitledger.core.law.NaiveTwin;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import java.util.Map;

/** Invariant: the ledger decides like the naive model, on the two limits whose commands that model covers. */
final class NaiveModelAgrees extends Invariant {
    private final Map<String, NaiveTwin> twins =
            Map.of(Simulation.CONCURRENCY, new NaiveTwin(), Simulation.RATE, new NaiveTwin());

    @Override
    void onDecision(LogEntry entry, String limit, Decision decision, Referee referee) {
        NaiveTwin twin = twins.get(limit);
        if (twin != null) {
            try {
                twin.decide(entry, decision, referee.records().limit(limit));
            } catch (AssertionError difference) {
                throw new Violation(name(), difference);
            }
        }
    }
}
