package io.limitledger.gateway.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.limitledger.wire.PlainText;
import java.util.stream.Collectors;

/** The failure that goes with a log line, each of its lines indented: what came from outside cannot look like a line of its own. */
public final class SafeThrowable extends ThrowableProxyConverter {
    private static final int MOST_LINES = 60;

    @Override
    protected String throwableProxyToString(IThrowableProxy failure) {
        return super.throwableProxyToString(failure)
                .lines()
                .limit(MOST_LINES)
                .map(line -> "  " + PlainText.of(line, SafeMessage.MOST_CHARACTERS) + "\n")
                .collect(Collectors.joining());
    }
}
