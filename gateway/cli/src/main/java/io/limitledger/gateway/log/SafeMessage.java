package io.limitledger.gateway.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.limitledger.wire.PlainText;
import java.util.stream.Collectors;

/** The message of a log line. Lines after its first are marked, so that none looks like a line of its own. */
public final class SafeMessage extends ClassicConverter {
    private static final int MOST_LINES = 50;

    /** Characters of a line; readers need no more. */
    static final int MOST_CHARACTERS = 2_000;

    @Override
    public String convert(ILoggingEvent event) {
        String message = String.valueOf(event.getFormattedMessage());
        return message.lines()
                .limit(MOST_LINES)
                .map(line -> PlainText.of(line, MOST_CHARACTERS))
                .collect(Collectors.joining("\n  | "));
    }
}
