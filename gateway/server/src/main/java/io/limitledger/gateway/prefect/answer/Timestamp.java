package io.limitledger.gateway.prefect.answer;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as the reference writes them: RFC 3339 in UTC, with six digits of a second or none. */
final class Timestamp {
    private static final DateTimeFormatter WHOLE = format("uuuu-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter FRACTION = format("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private static final long MILLIS_PER_SECOND = 1_000;

    private Timestamp() {}

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
    }

    static String of(long epochMillis) {
        Instant time = Instant.ofEpochMilli(epochMillis);
        return (epochMillis % MILLIS_PER_SECOND == 0 ? WHOLE : FRACTION).format(time);
    }
}
