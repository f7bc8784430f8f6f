package io.limitledger.gateway.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as people write them: {@code 500ms}, {@code 1.5s}, {@code 5m}, {@code 1h}, or ISO 8601; a number is seconds. */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|d|)");
    private static final Map<String, Integer> UNIT_MILLIS =
            Map.of("ms", 1, "s", 1_000, "", 1_000, "m", 60_000, "h", 3_600_000, "d", 86_400_000);

    @Override
    public Duration convert(String text) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text);
        if (parts.matches()) {
            BigDecimal unit = BigDecimal.valueOf(UNIT_MILLIS.getOrDefault(parts.group(2), 1_000));
            return Duration.ofMillis(
                    new BigDecimal(parts.group(1)).multiply(unit).longValue());
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "Expected a duration such as 500ms, 30s, 5m, 1h or PT30S, but got '" + text + "'");
        }
    }
}
