package io.limitledger.gateway.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process whose heap is full, in a JVM of its own. */
@Timeout(60)
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
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(3);
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
