package io.limitledger.gateway.cli.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Durations as people read them at a glance: {@code 4s}, {@code 5m}, {@code 2h5m}, {@code 3d}. */
public final class Ages {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Ages() {}

    /** From a time until another; empty without the first. */
    public static String between(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? "" : of(Duration.between(from, to));
    }

    /** Negative ones read as 0. */
    public static String of(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 2 * MINUTE) {
            return seconds + "s";
        }
        if (seconds < 2 * HOUR) {
            return two(seconds / MINUTE, "m", seconds < 10 * MINUTE ? seconds % MINUTE : 0, "s");
        }
        return seconds < 2 * DAY
                ? two(seconds / HOUR, "h", seconds < 10 * HOUR ? seconds % HOUR / MINUTE : 0, "m")
                : seconds / DAY + "d";
    }

    /** To a tenth of a second below 10 s. */
    public static String ofSeconds(double seconds) {
        return seconds < 10
                ? String.format(Locale.ROOT, "%.1fs", Math.ceil(seconds * 10) / 10)
                        .replace(".0s", "s")
                : of(Duration.ofMillis((long) Math.ceil(seconds) * 1_000));
    }

    private static String two(long first, String firstUnit, long second, String secondUnit) {
        return first + firstUnit + (second == 0 ? "" : second + secondUnit);
    }
}
