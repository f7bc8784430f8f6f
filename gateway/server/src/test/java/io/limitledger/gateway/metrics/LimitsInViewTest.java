package io.limitledger.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.state.Definition;
import io.limitledger.gateway.http.InMemoryLedger;
import io.limitledger.wire.LeaseIds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsInViewTest {
    private final InMemoryLedger ledger = new InMemoryLedger(4);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LimitsInView inView = new LimitsInView(ledger, ledger.clock(), registry);

    @Test
    void namesOnlyTheBusiestOfManyLimits() {
        // given
        for (int i = 0; i < 2_500; i++) {
            put("idle-" + i, 10);
        }
        put("half", 4);
        acquire("half", 2, 0);
        put("full", 2);
        acquire("full", 2, 0);
        put("waited-for", 100);
        acquire("waited-for", 60, 0);
        acquire("waited-for", 60, 60_000);

        // when
        inView.refresh();

        // then
        assertThat(registry.get("limits.busiest.occupied").gauges())
                .hasSize(LimitsInView.BUSIEST)
                .extracting(gauge -> gauge.getId().getTag("limit"))
                .contains("half", "full", "waited-for");
        assertThat(value("limits.busiest.occupied", "half")).isEqualTo(2);
        assertThat(value("limits.busiest.limit", "half")).isEqualTo(4);
        assertThat(value("limits.busiest.waiters", "waited-for")).isEqualTo(1);
        assertThat(sum("limits.view.limits")).isEqualTo(2_503);
        assertThat(sum("limits.view.leases")).isEqualTo(3);
        assertThat(sum("limits.view.waiters")).isEqualTo(1);
    }

    @Test
    void forgetsTheNameOfALimitThatIsNoLongerBusy() {
        // given
        put("zzz", 2);
        inView.refresh();
        for (int i = 0; i < LimitsInView.BUSIEST; i++) {
            put("busy-" + i, 2);
            acquire("busy-" + i, 1, 0);
        }

        // when
        inView.refresh();

        // then
        assertThat(registry.get("limits.busiest.occupied").gauges())
                .hasSize(LimitsInView.BUSIEST)
                .extracting(gauge -> gauge.getId().getTag("limit"))
                .doesNotContain("zzz");
    }

    private void put(String name, long limit) {
        var unused = ledger.send(new PutLimit(name, new Definition(limit, 0, true), null, true));
    }

    private void acquire(String limit, long slots, long waitMillis) {
        var unused = ledger.send(
                new AcquireLease(limit, LeaseIds.newFor(limit), slots, 60_000, waitMillis, null, List.of()));
    }

    private double value(String meter, String limit) {
        return registry.get(meter).tag("limit", limit).gauge().value();
    }

    private double sum(String meter) {
        return registry.get(meter).gauge().value();
    }
}
