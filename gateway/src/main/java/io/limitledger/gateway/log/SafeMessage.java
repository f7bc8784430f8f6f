package io.limitledger.gateway.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.stream.Collectors;

/** The message of a log line. Lines after its first are marked, so that none looks like a line of its own. */
public final class SafeMessage extends ClassicConverter {
    private static final int MOST_LINES = 50;

    @Override
    public String convert(ILoggingEvent event) {
        String message = String.valueOf(event.getFormattedMessage());
        return message.lines().limit(MOST_LINES).map(SafeText::line).collect(Collectors.joining("\n  | "));
    }
}
