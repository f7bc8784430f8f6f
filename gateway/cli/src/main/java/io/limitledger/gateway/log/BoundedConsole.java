package io.limitledger.gateway.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.ConsoleAppender;
import io.limitledger.gateway.memory.OutOfMemory;
import java.util.HashMap;
import java.util.Map;

/**
 * The console, with a bound on the warnings and errors of each logger: some at once, and then a few a minute. What is left
 * out is counted, and the count is logged with the next line of that logger.
 */
public final class BoundedConsole extends ConsoleAppender<ILoggingEvent> {
    /** Enough for everything that one cause says at once. */
    private static final int AT_ONCE = 20;

    /** After which one more line is let through: ten a minute, a pace at which a log can be read. */
    private static final long MILLIS_PER_LINE = 6_000;

    /** Loggers are classes, of which there are not many; this is only for those that are made up. */
    private static final int MOST_LOGGERS = 1_000;

    private final Map<String, Allowance> allowances = new HashMap<>();

    /** Lines that one logger may write. */
    private static final class Allowance {
        private long lines = AT_ONCE;
        private long sinceMillis;
        private long leftOut;

        /** Whether one more may be written at this time. */
        boolean take(long now) {
            long earned = Math.max(0, now - sinceMillis) / MILLIS_PER_LINE;
            lines = Math.min(AT_ONCE, lines + earned);
            sinceMillis = earned > 0 || sinceMillis > now ? now : sinceMillis;
            if (lines == 0) {
                leftOut++;
                return false;
            }
            lines--;
            return true;
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getThrowableProxy() instanceof ThrowableProxy failure) {
            OutOfMemory.endIf(failure.getThrowable());
        }
        long leftOut = event.getLevel().isGreaterOrEqual(Level.WARN) ? take(event) : 0;
        if (leftOut > 0 && getContext() instanceof LoggerContext loggers) {
            super.append(count(loggers, event, leftOut));
        }
        if (leftOut >= 0) {
            super.append(event);
        }
    }

    /** How many lines of this logger were left out before this one; negative if this one is too. */
    private synchronized long take(ILoggingEvent event) {
        if (allowances.size() > MOST_LOGGERS) {
            allowances.clear();
        }
        Allowance allowance = allowances.computeIfAbsent(event.getLoggerName(), name -> new Allowance());
        if (!allowance.take(event.getTimeStamp())) {
            return -1;
        }
        long leftOut = allowance.leftOut;
        allowance.leftOut = 0;
        return leftOut;
    }

    private static ILoggingEvent count(LoggerContext context, ILoggingEvent event, long leftOut) {
        String text = leftOut + " more lines of this kind were left out";
        Logger logger = context.getLogger(event.getLoggerName());
        return new LoggingEvent(BoundedConsole.class.getName(), logger, Level.WARN, text, null, null);
    }
}
