package io.limitledger.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.rule.LogEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ledger keeps every invariant whatever faults occur. {@code -Dsimulation.seeds=100000} runs more seeds. */
class SimulationTest {
    @Test
    void everyInvariantHoldsInEverySeed() {
        Seeds.holdAll(Parts.SOUND, Invariants::all);
    }

    @Test
    void aSeedDeterminesItsRun() {
        assertThat(logs(17)).isEqualTo(logs(17)).isNotEqualTo(logs(18));
    }

    private static List<List<LogEntry>> logs(long seed) {
        Simulation simulation = new Simulation(seed, Parts.SOUND, Invariants.all());
        simulation.run();
        return simulation.cluster().partitions().stream().map(Partition::log).toList();
    }
}
