package io.limitledger.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.lang.reflect.Constructor;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.NotControllerException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HarmlessLinesTest {
    private static final String CONTROLLER = "org.apache.kafka.controller.ReplicationControlManager";
    private static final String STREAMS = "org.apache.kafka.streams.processor.internals.TaskExecutor";
    private static final String APIS = "kafka.server.ControllerApis";

    private final LoggerContext context = new LoggerContext();
    private final HarmlessLines lines = new HarmlessLines();

    @Test
    void shouldKeepAwayWhatIsHarmless() {
        assertThat(decide(
                        CONTROLLER,
                        "processExpiredBrokerHeartbeat: controller event queue overloaded. Timed out heartbeat from broker 1.",
                        null))
                .isEqualTo(FilterReply.DENY);
        assertThat(decide(
                        APIS,
                        "Unexpected error handling request X",
                        new CompletionException(new NotControllerException("not yet"))))
                .isEqualTo(FilterReply.DENY);
    }

    @Test
    void shouldKeepAwayThatAThreadIsReplacedAfterAStepOfTheClock() throws Exception {
        // given
        Constructor<?> constructor =
                Class.forName("io.limitledger.topology.ClockSteppedException").getDeclaredConstructor();
        constructor.setAccessible(true);
        Throwable stepped = (Throwable) constructor.newInstance();

        // then
        assertThat(decide(STREAMS, "Failed to process stream task 0_3", new CompletionException(stepped)))
                .isEqualTo(FilterReply.DENY);
        assertThat(decide(STREAMS, "Failed to process stream task 0_3", new IllegalStateException()))
                .isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void shouldLetTheOtherLinesOfTheSameLoggersPass() {
        assertThat(decide(CONTROLLER, "Rejecting AlterPartition request", null)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(decide(APIS, "Unexpected error handling request X", new IllegalStateException()))
                .isEqualTo(FilterReply.NEUTRAL);
    }

    private FilterReply decide(String logger, String message, @Nullable Throwable failure) {
        Logger from = context.getLogger(logger);
        return lines.decide(new LoggingEvent("", from, Level.ERROR, message, failure, new Object[0]));
    }
}
