package io.limitledger.gateway.metrics;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.view.LimitsView;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What is occupied and who waits, as the gateway sees it: sums over all limits, and by name the busiest few. Names of all
 * would be three time series each, and there may be a hundred thousand.
 */
public final class LimitsInView {
    /** As many as fit a page, and a few. */
    static final int BUSIEST = 20;

    /** Looked through a piece at a time, so that the view is never held up for long. */
    private static final int PIECE = 1_000;

    /** Those who make others wait come first, then the fullest; the name makes the order the same each time. */
    private static final Comparator<Busy> BUSIEST_FIRST = Comparator.comparingLong(Busy::waiting)
            .thenComparingDouble(Busy::saturation)
            .thenComparingDouble(Busy::occupied)
            .reversed()
            .thenComparing(Busy::name);

    private final LimitsView view;
    private final Clock clock;
    private final MultiGauge occupied;
    private final MultiGauge slots;
    private final MultiGauge waiters;
    private volatile Sums sums = new Sums(0, 0, 0);

    private record Sums(long limits, long leases, long waiting) {
        Sums plus(Limit limit) {
            return new Sums(limits + 1, leases + limit.leases(), waiting + limit.waiting());
        }
    }

    private record Busy(String name, long slots, double occupied, long waiting) {
        /** Of the slots, how many are occupied; 0 for an unused limit. */
        double saturation() {
            return occupied == 0 ? 0 : occupied / Math.max(slots, 1);
        }
    }

    public LimitsInView(LimitsView view, Clock clock, MeterRegistry registry) {
        this.view = view;
        this.clock = clock;
        this.occupied = byName("limits.busiest.occupied", "Occupied slots of the busiest limits", registry);
        this.slots = byName("limits.busiest.limit", "All slots of the busiest limits", registry);
        this.waiters = byName("limits.busiest.waiters", "Waiters of the busiest limits", registry);
        sum("limits.view.limits", "Limits", Sums::limits, registry);
        sum("limits.view.leases", "Live leases of all limits", Sums::leases, registry);
        sum("limits.view.waiters", "Waiters of all limits", Sums::waiting, registry);
    }

    private static MultiGauge byName(String name, String description, MeterRegistry registry) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private void sum(String name, String description, ToDoubleFunction<Sums> sum, MeterRegistry registry) {
        Gauge.builder(name, this, inView -> sum.applyAsDouble(inView.sums))
                .description(description)
                .register(registry);
    }

    /** Looks through all limits; to be called before the meters are read. */
    public synchronized void refresh() {
        long now = clock.millis();
        Sums all = new Sums(0, 0, 0);
        List<Busy> busiest = new ArrayList<>();
        List<Limit> piece = view.limits("", null, PIECE);
        while (!piece.isEmpty()) {
            for (Limit limit : piece) {
                all = all.plus(limit);
                busiest.add(busy(limit, now));
            }
            busiest.sort(BUSIEST_FIRST);
            busiest.subList(Math.min(BUSIEST, busiest.size()), busiest.size()).clear();
            piece = view.limits("", piece.get(piece.size() - 1).name(), PIECE);
        }
        sums = all;
        occupied.register(rows(busiest, Busy::occupied), true);
        slots.register(rows(busiest, Busy::slots), true);
        waiters.register(rows(busiest, Busy::waiting), true);
    }

    private static Busy busy(Limit limit, long now) {
        double occupied = limit.bucketAt(now).levelMicros() / (double) Bucket.MICROS;
        return new Busy(limit.name(), limit.definition().limit(), occupied, limit.waiting());
    }

    private static List<Row<?>> rows(List<Busy> busiest, ToDoubleFunction<Busy> value) {
        List<Row<?>> rows = new ArrayList<>();
        busiest.forEach(limit -> rows.add(Row.of(Tags.of("limit", limit.name()), value.applyAsDouble(limit))));
        return rows;
    }
}
