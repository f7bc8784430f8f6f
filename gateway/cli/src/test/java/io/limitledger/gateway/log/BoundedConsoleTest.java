package io.limitledger.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.EncoderBase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many lines of a log, and what is in them. */
class BoundedConsoleTest {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final LoggerContext context = new LoggerContext();
    private final List<String> lines = new ArrayList<>();
    private final BoundedConsole console = new BoundedConsole();

    @BeforeEach
    void start() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        console.setContext(context);
        console.setEncoder(new EncoderBase<>() {
            @Override
            public byte[] headerBytes() {
                return new byte[0];
            }

            @Override
            public byte[] encode(ch.qos.logback.classic.spi.ILoggingEvent event) {
                lines.add(new SafeMessage().convert(event));
                return new byte[0];
            }

            @Override
            public byte[] footerBytes() {
                return new byte[0];
            }
        });
        console.start();
    }

    private void log(Level level, Instant at, String message) {
        LoggingEvent event = new LoggingEvent("test", context.getLogger("one"), level, message, null, null);
        event.setInstant(at);
        console.doAppend(event);
    }

    @Test
    void writesSomeWarningsAtOnceAndThenAFewAMinute() {
        // when
        for (int i = 0; i < 60_000; i++) {
            log(Level.WARN, START.plusMillis(i), "again");
        }

        // then
        assertThat(lines).hasSizeBetween(25, 60).contains("again");
        assertThat(lines).anyMatch(line -> line.matches("\\d+ more lines of this kind were left out"));
    }

    @Test
    void leavesOutNothingThatWasAskedFor() {
        // when
        for (int i = 0; i < 1_000; i++) {
            log(Level.INFO, START, "again");
        }

        // then
        assertThat(lines).hasSize(1_000);
    }

    @Test
    void marksLinesThatAMessageBringsAlong() {
        // when
        log(Level.WARN, START, "one\n2026-11-20T10:00:00Z ERROR forged");

        // then
        assertThat(lines).containsExactly("one\n  | 2026-11-20T10:00:00Z ERROR forged");
    }

    @Test
    void indentsFailures() {
        // given
        SafeThrowable converter = new SafeThrowable();
        converter.setContext(context);
        converter.start();
        LoggingEvent event = new LoggingEvent();
        event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("bad\n2026 forged \u009b31m")));

        // when
        String text = converter.convert(event);

        // then
        assertThat(text.lines()).allMatch(line -> line.startsWith("  "));
        assertThat(text).contains("forged \\u009b31m");
    }
}
