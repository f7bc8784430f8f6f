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
 * A clock that a test moves, for processes: a library that is loaded before all others and adds to the machine's time what a
 * file says. Compiled from {@code faults/step.c} by the machine's C compiler; only for Linux.
 */
final class SteppingClock {
    private final Path library;
    private final Path offset;

    private SteppingClock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /** Whether it can be made here. */
    static boolean isPossible() {
        return System.getProperty("os.name").equals("Linux") && Files.isExecutable(Path.of("/usr/bin/gcc"));
    }

    static SteppingClock in(Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve("step.c");
        Path library = directory.resolve("step.so");
        try (InputStream code = SteppingClock.class.getResourceAsStream("/faults/step.c")) {
            Files.copy(Objects.requireNonNull(code), source);
        }
        int failed = new ProcessBuilder(
                        "gcc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
                .inheritIO()
                .start()
                .waitFor();
        if (failed != 0) {
            throw new IOException("Expected gcc to compile " + source + ", but it ended with " + failed);
        }
        SteppingClock clock = new SteppingClock(library, directory.resolve("offset"));
        clock.set(Duration.ZERO);
        return clock;
    }

    /** What a process needs in its environment. */
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "CLOCK_STEP_FILE", offset.toString());
    }

    /** The machine's time, and so much more. In place: processes have mapped the file. */
    void set(Duration ahead) throws IOException {
        byte[] millis = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(ahead.toMillis())
                .array();
        Files.write(offset, millis, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
