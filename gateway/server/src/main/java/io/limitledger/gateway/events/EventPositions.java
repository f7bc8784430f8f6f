package io.limitledger.gateway.events;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The position of a stream as text: where it goes on in each partition of the events topic. */
public final class EventPositions {
    private static final Pattern POSITIONS = Pattern.compile("[0-9]{1,18}(-[0-9]{1,18})*");

    private EventPositions() {}

    public static String write(long[] positions) {
        return Arrays.stream(positions).mapToObj(Long::toString).collect(Collectors.joining("-"));
    }

    /** Null if the text is no position. */
    public static long @Nullable [] read(String text) {
        return POSITIONS.matcher(text).matches()
                ? Arrays.stream(text.split("-", -1)).mapToLong(Long::parseLong).toArray()
                : null;
    }
}
