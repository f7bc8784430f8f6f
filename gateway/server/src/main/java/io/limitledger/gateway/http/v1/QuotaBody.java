package io.limitledger.gateway.http.v1;

import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Window;
import io.limitledger.core.state.Windows;
import io.limitledger.wire.Words;
import io.limitledger.wire.ZoneOffsets;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A quota in JSON. The offsets of its zone are left out: they follow from the zone.
 *
 * @param perSeconds of a sliding period; otherwise {@code per}
 * @param zone null for UTC
 * @param at null for midnight
 * @param taken slots that count against it; more than {@code slots} where more was used than there was. Null where only the
 *     definition is shown, as are all that follow
 * @param left slots that may still be taken
 * @param returnsAt when the first of those that were taken return; null if none are
 */
record QuotaBody(
        long slots,
        @Nullable Long perSeconds,
        @Nullable String per,
        @Nullable String zone,
        @Nullable String at,
        @Nullable Long taken,
        @Nullable Long left,
        @Nullable Instant returnsAt) {

    /** Without what counts against it. */
    QuotaBody definition() {
        return new QuotaBody(slots, perSeconds, per, zone, at, null, null, null);
    }

    /** As they are defined; null if there are none. */
    static @Nullable List<QuotaBody> of(List<Quota> quotas) {
        return quotas.isEmpty()
                ? null
                : quotas.stream().map(quota -> of(quota, null, null, null)).toList();
    }

    /**
     * With what counts against them; null if there are none.
     *
     * @param now by the broker's clock, as the times in the windows
     */
    static @Nullable List<QuotaBody> of(List<Quota> quotas, Windows windows, long now) {
        if (quotas.isEmpty()) {
            return null;
        }
        List<Window> all = windows.settledAt(quotas, new Windows.Now(now, 0)).all();
        return IntStream.range(0, quotas.size())
                .mapToObj(index -> of(quotas.get(index), all.isEmpty() ? Window.EMPTY : all.get(index)))
                .toList();
    }

    private static QuotaBody of(Quota quota, Window window) {
        Instant returnsAt = window.size() == 0
                ? null
                : Instant.ofEpochMilli(quota.period().returnsAt(window.slice(0).until()));
        return of(quota, window.taken(), Math.max(0, quota.slots() - window.taken()), returnsAt);
    }

    private static QuotaBody of(Quota quota, @Nullable Long taken, @Nullable Long left, @Nullable Instant returnsAt) {
        if (quota.period() instanceof SlidingPeriod sliding) {
            return new QuotaBody(quota.slots(), sliding.seconds(), null, null, null, taken, left, returnsAt);
        }
        CalendarPeriod calendar = (CalendarPeriod) quota.period();
        return new QuotaBody(
                quota.slots(),
                null,
                Words.of(calendar.unit()),
                calendar.zone().equals(ZoneOffsets.UTC) ? null : calendar.zone(),
                calendar.atMinutes() == 0
                        ? null
                        : LocalTime.MIN.plusMinutes(calendar.atMinutes()).toString(),
                taken,
                left,
                returnsAt);
    }
}
