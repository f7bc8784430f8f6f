package io.limitledger.gateway.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * A clock for other processes that a test can move: a preloaded library that adds the content of a file to the
 * machine's time. Compiled from {@code faults/step.c} by the machine's C compiler; Linux only.
 */
final class SteppingClock {
    private final Path library;
    private final Path offset;

    private SteppingClock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /** Whether this machine can compile and preload the library. */
    static boolean isPossible() {
        return System.getProperty("os.name").equals("Linux") && Files.isExecutable(Path.of("/usr/bin/gcc"));
    }

    static SteppingClock in(Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve("step.c");
        Path library = directory.resolve("step.so");
        try (InputStream code = SteppingClock.class.getResourceAsStream("/faults/step.c")) {
            Files.copy(Objects.requireNonNull(code), source);
        }
        int exitCode = new ProcessBuilder(
                        "gcc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
                .inheritIO()
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IOException("gcc could not compile " + source + ": exit code " + exitCode);
        }
        SteppingClock clock = new SteppingClock(library, directory.resolve("offset"));
        clock.set(Duration.ZERO);
        return clock;
    }

    /** The environment variables of a process with this clock. */
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "CLOCK_STEP_FILE", offset.toString());
    }

    /** Sets the clock ahead of the machine's time. Writes the file in place, because processes have mapped it. */
    void set(Duration ahead) throws IOException {
        byte[] millis = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(ahead.toMillis())
                .array();
        Files.write(offset, millis, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
