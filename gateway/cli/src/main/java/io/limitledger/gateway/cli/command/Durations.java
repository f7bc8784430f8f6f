package io.limitledger.gateway.cli.command;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations that may be longer than those of a lease: {@code 30s}, {@code 5m}, {@code 2h}, {@code 3d}. */
final class Durations {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,6})(s|m|h|d)");

    private Durations() {}

    static Duration parse(String text) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text);
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** In seconds, with decimals where there are any. */
    static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
    }
}
