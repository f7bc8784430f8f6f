package io.limitledger.gateway.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps away single lines with which Kafka warns of something that is harmless, in the embedded broker or in a ledger.
 * Others of the same loggers pass, so this goes by their text.
 */
public final class HarmlessLines extends Filter<ILoggingEvent> {
    private static final List<Line> LINES = List.of(
            // A heartbeat of the broker waited too long for a busy processor. The next one follows within 200 ms, and
            // the
            // session does not end while the process lives.
            new Line(
                    "org.apache.kafka.controller.ReplicationControlManager", "controller event queue overloaded", null),
            new Line(
                    "org.apache.kafka.server.BrokerLifecycleManager",
                    "sent a heartbeat request but received error REQUEST_TIMED_OUT",
                    null),
            // A request of the first milliseconds, before the controller has taken charge; it is sent again.
            new Line(
                    "kafka.server.ControllerApis",
                    "Unexpected error handling request",
                    "org.apache.kafka.common.errors.NotControllerException"),
            // A thread that is replaced after a step of the clock, of which the ledger warns itself.
            new Line("org.apache.kafka.streams.", "", "io.limitledger.topology.ClockSteppedException"),
            // It comes before each failure of a decision, and advises what a ledger must not do: to pass it over.
            new Line(
                    "org.apache.kafka.streams.processor.internals.ProcessorNode",
                    "Processing exception handler is set to fail",
                    null));

    /**
     * A kind of line.
     *
     * @param logger its name, or what its name begins with
     * @param failure class of the failure, or of one of its causes; null if it does not matter
     */
    private record Line(
            String logger, String part, @Nullable String failure) {
        boolean matches(ILoggingEvent event) {
            return event.getLoggerName().startsWith(logger)
                    && event.getFormattedMessage().contains(part)
                    && (failure == null || isCausedBy(event.getThrowableProxy(), failure));
        }

        private static boolean isCausedBy(@Nullable IThrowableProxy thrown, String name) {
            for (IThrowableProxy cause = thrown; cause != null; cause = cause.getCause()) {
                if (cause.getClassName().equals(name)) {
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return LINES.stream().anyMatch(line -> line.matches(event)) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
