package io.limitledger.gateway.metrics;

import java.time.Duration;
import java.util.Locale;

/**
 * A step back of a broker's clock.
 *
 * @param partition of the commands topic, in which it showed
 * @param byMillis how far, in milliseconds
 * @param noticedNanos when, by {@link System#nanoTime()}
 */
public record ClockStep(int partition, long byMillis, long noticedNanos) {
    /**
     * For people.
     *
     * @param nowNanos by {@link System#nanoTime()}
     */
    public String words(long nowNanos) {
        return String.format(
                Locale.ROOT,
                "the broker's clock stepped back by %.1f s, %d s ago (partition %d); leases, waits and rates go on."
                        + " Check the clock of the broker's machine",
                byMillis / 1_000.0,
                Duration.ofNanos(nowNanos - noticedNanos).toSeconds(),
                partition);
    }
}
