package io.limitledger.gateway.program;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/** Standard input, output and error of this process, which are to be the program's. */
final class StandardStreams {
    private static final int IN = 0;
    private static final int OUT = 1;
    private static final int ERR = 2;
    private static final File NULL = new File("/dev/null");

    private final boolean isInClosed = isClosed(IN);
    private final boolean isOutClosed = isClosed(OUT);
    private final boolean isErrClosed = isClosed(ERR);

    /** Has the program inherit those that are open, and find those that are closed empty. */
    void giveTo(ProcessBuilder program) {
        program.redirectInput(isInClosed ? Redirect.from(NULL) : Redirect.INHERIT);
        program.redirectOutput(isOutClosed ? Redirect.DISCARD : Redirect.INHERIT);
        program.redirectError(isErrClosed ? Redirect.DISCARD : Redirect.INHERIT);
    }

    /**
     * Leaves input and output to the program alone, once it has them. Java replaces them here by the null device. So
     * their other ends notice when the program closes them, and the list of threads that Java prints to standard output
     * at a SIGQUIT goes nowhere. The number of a stream that was closed is Java's own by now, and stays.
     */
    void letGo() {
        try {
            if (!isInClosed) {
                new FileInputStream(FileDescriptor.in).close();
            }
            if (!isOutClosed) {
                new FileOutputStream(FileDescriptor.out).close();
            }
        } catch (IOException e) {
            // Then they stay open until the program has ended.
        }
    }

    /**
     * A stream that was closed when Java started: its number then went to the first file that Java opened for itself,
     * which the program must not be given. Known on Linux only.
     */
    private static boolean isClosed(int number) {
        if (!Files.isDirectory(Path.of("/proc/self/fd"))) {
            return false;
        }
        try {
            return isOfJava(Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)));
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isOfJava(Path file) {
        return Stream.of("java.home", "java.class.path")
                .map(property -> Objects.requireNonNullElse(System.getProperty(property), ""))
                .flatMap(places -> Arrays.stream(places.split(File.pathSeparator, -1)))
                .anyMatch(place -> !place.isEmpty() && isWithin(file, place));
    }

    private static boolean isWithin(Path file, String place) {
        try {
            return file.startsWith(Path.of(place).toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}
