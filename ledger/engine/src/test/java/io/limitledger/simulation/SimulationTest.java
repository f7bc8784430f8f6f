package io.limitledger.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.rule.LogEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong, nothing does. {@code -Dsimulation.seeds=100000} tries harder. */
class SimulationTest {
    @Test
    void everyInvariantHoldsInEverySeed() {
        Seeds.holdAll(Parts.SOUND, Invariants::all);
    }

    @Test
    void aSeedTellsEverythingOfItsRun() {
        assertThat(logs(17)).isEqualTo(logs(17)).isNotEqualTo(logs(18));
    }

    private static List<List<LogEntry>> logs(long seed) {
        Simulation simulation = new Simulation(seed, Parts.SOUND, Invariants.all());
        simulation.run();
        return simulation.cluster().partitions().stream().map(Partition::log).toList();
    }
}
