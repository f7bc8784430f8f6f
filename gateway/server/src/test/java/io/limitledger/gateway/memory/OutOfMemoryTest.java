package io.limitledger.gateway.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process whose heap is full, in a JVM of its own. */
@Timeout(120)
@Tag("faults") // A heap that stays full keeps both cores busy for as long as the process lives.
class OutOfMemoryTest {
    private static final int HALTED = 3;
    private static final int KILLED = 128 + 9;

    @ParameterizedTest
    @CsvSource({"G1,1", "G1,12", "Serial,1", "Serial,12"})
    void endsTheProcessThoughTheErrorIsCaught(String collector, String threads) throws Exception {
        // given
        ProcessBuilder victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+Use" + collector + "GC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        threads)
                .redirectErrorStream(true);

        // when
        Process process = victim.start();

        // then
        boolean hasEnded = process.waitFor(60, TimeUnit.SECONDS);
        if (!hasEnded) {
            process.destroyForcibly();
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(hasEnded).as("output: %s", output).isTrue();
        assertThat(process.exitValue()).isIn(HALTED, KILLED);
        assertThat(output).containsOnlyOnce("MB is full").contains("-Xmx");
    }

    /** Catches the error as libraries do, and goes on. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] threads) {
            OutOfMemory.endProcess();
            for (int i = 0; i < Integer.parseInt(threads[0]); i++) {
                new Thread(Victim::fill).start();
            }
        }

        private static void fill() {
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
