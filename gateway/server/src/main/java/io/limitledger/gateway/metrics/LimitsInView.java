package io.limitledger.gateway.metrics;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.Window;
import io.limitledger.core.state.Windows;
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
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is occupied and taken, and who waits, as the gateway sees it: sums over all limits, and by name the busiest few. Names of
 * all would be several time series each, and there may be a hundred thousand; of keys there may be more, so none is named.
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
    private final MultiGauge keys;
    private final MultiGauge taken;
    private final MultiGauge left;
    private volatile Sums sums = new Sums(0, 0, 0);

    private record Sums(long limits, long leases, long waiting) {
        Sums plus(Limit limit) {
            return new Sums(limits + 1, leases + limit.leases(), waiting + limit.waiting());
        }
    }

    private record Busy(String name, @Nullable Long slots, double occupied, long waiting, List<QuotaUse> quotas) {
        /** Of the bound that is used up most, the part that is; 0 for an unused limit. */
        double saturation() {
            double ofSlots = occupied == 0 || slots == null ? 0 : occupied / Math.max(slots, 1);
            return Math.max(
                    ofSlots,
                    quotas.stream()
                            .mapToDouble(quota -> (double) quota.taken / (quota.taken + quota.left))
                            .max()
                            .orElse(0));
        }
    }

    private record QuotaUse(long taken, long left) {}

    public LimitsInView(LimitsView view, Clock clock, MeterRegistry registry) {
        this.view = view;
        this.clock = clock;
        this.occupied = byName("limits.busiest.occupied", "Occupied slots of the busiest limits", registry);
        this.slots = byName("limits.busiest.limit", "All slots of the busiest limits", registry);
        this.waiters = byName("limits.busiest.waiters", "Waiters of the busiest limits", registry);
        this.keys = byName("limits.busiest.keys", "Keys in use of the busiest limits", registry);
        this.taken = byName(
                "limits.busiest.quota.taken",
                "Slots taken within a quota of the busiest limits, by its index",
                registry);
        this.left = byName(
                "limits.busiest.quota.left", "Slots left of a quota of the busiest limits, by its index", registry);
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
        slots.register(
                rows(
                        busiest.stream().filter(limit -> limit.slots != null).toList(),
                        limit -> Objects.requireNonNull(limit.slots)),
                true);
        waiters.register(rows(busiest, Busy::waiting), true);
        List<Busy> keyed =
                busiest.stream().filter(limit -> view.keys(limit.name) > 0).toList();
        keys.register(rows(keyed, limit -> view.keys(limit.name)), true);
        taken.register(quotaRows(busiest, QuotaUse::taken), true);
        left.register(quotaRows(busiest, QuotaUse::left), true);
    }

    private static Busy busy(Limit limit, long now) {
        Definition definition = limit.definition();
        double occupied = limit.bucketAt(now).levelMicros() / (double) Bucket.MICROS;
        return new Busy(
                limit.name(),
                definition.hasLimit() ? definition.limit() : null,
                occupied,
                limit.waiting(),
                quotas(definition.quotas(), limit.usage().windows(), now));
    }

    private static List<QuotaUse> quotas(List<Quota> quotas, Windows windows, long now) {
        if (quotas.isEmpty()) {
            return List.of();
        }
        List<Window> all = windows.settledAt(quotas, new Windows.Now(now, 0)).all();
        List<QuotaUse> uses = new ArrayList<>();
        for (int index = 0; index < quotas.size(); index++) {
            long used = all.isEmpty() ? 0 : all.get(index).taken();
            uses.add(new QuotaUse(used, Math.max(0, quotas.get(index).slots() - used)));
        }
        return uses;
    }

    private static List<Row<?>> quotaRows(List<Busy> busiest, ToDoubleFunction<QuotaUse> value) {
        List<Row<?>> rows = new ArrayList<>();
        for (Busy limit : busiest) {
            for (int index = 0; index < limit.quotas.size(); index++) {
                Tags tags = Tags.of("limit", limit.name, "quota", Integer.toString(index));
                rows.add(Row.of(tags, value.applyAsDouble(limit.quotas.get(index))));
            }
        }
        return rows;
    }

    private static List<Row<?>> rows(List<Busy> busiest, ToDoubleFunction<Busy> value) {
        List<Row<?>> rows = new ArrayList<>();
        busiest.forEach(limit -> rows.add(Row.of(Tags.of("limit", limit.name()), value.applyAsDouble(limit))));
        return rows;
    }
}
