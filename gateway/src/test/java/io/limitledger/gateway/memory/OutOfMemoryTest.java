package io.limitledger.gateway.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process whose heap is full, in a JVM of its own. */
@Timeout(60)
@Tag("faults") // A heap that stays full keeps both cores busy for as long as the process lives.
class OutOfMemoryTest {
    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseSerialGC"})
    void endsTheProcessThoughTheErrorIsCaught(String collector) throws Exception {
        // given
        ProcessBuilder victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        collector,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName())
                .redirectErrorStream(true);

        // when
        Process process = victim.start();

        // then
        boolean hasEnded = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(hasEnded).as("output: %s", output).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
        assertThat(output).contains("The heap of 32 MB is full").contains("-Xmx");
    }

    /** Catches the error as libraries do, and goes on. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) {
            OutOfMemory.endProcess();
            Object[] kept = {};
            while (true) {
                try {
                    Object[] next = new Object[1_000];
                    next[0] = kept;
                    kept = next;
                } catch (OutOfMemoryError e) {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
