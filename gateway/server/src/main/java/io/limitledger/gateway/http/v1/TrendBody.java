package io.limitledger.gateway.http.v1;

import io.limitledger.gateway.events.TrendSeries;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a limit fared, in JSON: one entry of each list for each bucket of time, the oldest first.
 *
 * @param start of the first bucket
 * @param since when this gateway began to look at what is occupied and who waits; before, both are null
 */
record TrendBody(
        Instant start,
        long bucketSeconds,
        Instant since,
        List<@Nullable BigDecimal> occupied,
        List<@Nullable Long> waiting,
        List<Long> granted,
        List<Long> denied) {
    private static final int MICRO_DECIMALS = 6;
    private static final long MILLIS = 1_000;
    /** Buckets of the last hour that make one of two minutes: as many points as a small picture can show. */
    private static final int TOGETHER = 12;

    static TrendBody of(TrendSeries series, long since) {
        return new TrendBody(
                Instant.ofEpochMilli(series.start()),
                series.bucketMillis() / MILLIS,
                Instant.ofEpochMilli(since),
                series.occupiedMicros().stream().map(TrendBody::slots).toList(),
                series.waiting(),
                series.granted(),
                series.denied());
    }

    private static @Nullable BigDecimal slots(@Nullable Long micros) {
        return micros == null
                ? null
                : BigDecimal.valueOf(micros, MICRO_DECIMALS).stripTrailingZeros();
    }

    /** The most in each two minutes of an hour. */
    static List<@Nullable BigDecimal> coarse(List<@Nullable Long> micros) {
        List<@Nullable BigDecimal> coarse = new ArrayList<>();
        for (int start = 0; start < micros.size(); start += TOGETHER) {
            Long most = null;
            for (Long one : micros.subList(start, Math.min(micros.size(), start + TOGETHER))) {
                most = most == null || (one != null && one > most) ? one : most;
            }
            coarse.add(slots(most));
        }
        return coarse;
    }
}
