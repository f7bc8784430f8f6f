package io.limitledger.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.core.state.CalendarPeriod.Unit;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Terms;
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

    @Test
    void showsQuotasByIndexAndCountsKeys() {
        // given
        Definition definition = new Definition(
                Definition.UNBOUNDED,
                0,
                true,
                List.of(new Quota(100, new SlidingPeriod(60)), new Quota(5, new CalendarPeriod(Unit.DAY))),
                new KeyBounds(2, 0, List.of()),
                Queueing.DEFAULT);
        var unused = ledger.send(new PutLimit("api", definition, null, true));
        acquire("api", 1, "alice");
        acquire("api", 2, "bob");

        // when
        inView.refresh();

        // then
        assertThat(quota("limits.busiest.quota.taken", "0")).isEqualTo(3);
        assertThat(quota("limits.busiest.quota.left", "0")).isEqualTo(97);
        assertThat(quota("limits.busiest.quota.left", "1")).isEqualTo(2);
        assertThat(value("limits.busiest.keys", "api")).isEqualTo(2);
        assertThat(registry.find("limits.busiest.limit").gauges()).isEmpty();
        assertThat(registry.getMeters())
                .noneMatch(meter -> meter.getId().toString().contains("alice"));
    }

    private void acquire(String limit, long slots, String key) {
        var unused = ledger.send(new AcquireLease(
                new Claim(LeaseIds.newFor(limit), limit, slots, 60_000, null, List.of())
                        .on(new Terms(key, 0, null, Terms.OnExpiry.CHARGE)),
                0,
                null,
                false));
    }

    private double quota(String meter, String index) {
        return registry.get(meter)
                .tag("limit", "api")
                .tag("quota", index)
                .gauge()
                .value();
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
