package io.limitledger.gateway.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A quota as it is written in a command line: {@code 1000/day@Europe/Berlin}, with the time at which a day begins
 * {@code 1000/day@Europe/Berlin,08:00}, or within the last seconds, minutes or hours {@code 100/60s}.
 *
 * @param json as the gateway takes it
 */
record QuotaText(Map<String, Object> json) {
    private static final Pattern CALENDAR =
            Pattern.compile("(\\d{1,10})/(minute|hour|day|week|month)(?:@([^,]+))?(?:,(\\d\\d:\\d\\d))?");
    private static final Pattern SLIDING = Pattern.compile("(\\d{1,10})/(\\d{1,7})(s|m|h|d|)");
    private static final Map<String, Long> UNIT_SECONDS = Map.of("s", 1L, "", 1L, "m", 60L, "h", 3_600L, "d", 86_400L);

    static final class Converter implements ITypeConverter<QuotaText> {
        @Override
        public QuotaText convert(String text) {
            return parse(text);
        }
    }

    static QuotaText parse(String text) {
        Map<String, Object> quota = new LinkedHashMap<>();
        Matcher calendar = CALENDAR.matcher(text);
        if (calendar.matches()) {
            quota.put("slots", Long.valueOf(calendar.group(1)));
            quota.put("per", calendar.group(2));
            if (calendar.group(3) != null) {
                quota.put("zone", calendar.group(3));
            }
            if (calendar.group(4) != null) {
                quota.put("at", calendar.group(4));
            }
            return new QuotaText(quota);
        }
        Matcher sliding = SLIDING.matcher(text);
        if (sliding.matches()) {
            quota.put("slots", Long.valueOf(sliding.group(1)));
            quota.put("perSeconds", Long.parseLong(sliding.group(2)) * UNIT_SECONDS.getOrDefault(sliding.group(3), 1L));
            return new QuotaText(quota);
        }
        throw new TypeConversionException("'" + text
                + "' is not a quota; write one such as 1000/day, 1000/day@Europe/Berlin, 1000/day@Europe/Berlin,08:00"
                + " (minute, hour, day, week or month), or 100/60s for any 60 seconds");
    }
}
